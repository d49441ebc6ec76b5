@testable import Monitoring
import Testing
