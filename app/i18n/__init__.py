"""Interface languages: catalogue of texts, moments, numbers, labels of states, wording of errors."""
