//! The verbs of holdfast: a pure core that is told the time and the truth, and answers with effects.
