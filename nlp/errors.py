"""The errors a user can meet: each carries one clear sentence that says what to do."""


class GentleDraftError(Exception):
    """Report something the user can put right; the message is one sentence."""


class DraftTooLongError(GentleDraftError):
    """Report a draft over the length that is handled."""


class ExamplesError(GentleDraftError):
    """Report a file of examples that cannot be read."""


class KnowledgeError(GentleDraftError):
    """Report shipped knowledge (`data/*.toml`) that contradicts itself."""


class ModelError(GentleDraftError):
    """Report a model file that is missing, altered or made for other versions."""


class UnknownNameError(GentleDraftError):
    """Report a feeling or a need that is none of the closed lists."""
