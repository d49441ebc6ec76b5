@testable import Reporting
import Testing
