@testable import Events
import Testing
