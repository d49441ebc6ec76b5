@testable import Rulebook
import Testing
