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


class FeedbackError(GentleDraftError):
    """Report that what was kept cannot be read or written just now; nothing of it is lost."""


class DamagedError(FeedbackError):
    """Report a damaged file of kept examples; it is left as it is."""


class ConsentError(FeedbackError):
    """Report that the user has not yet been asked whether anything may be kept."""


class ExchangeError(GentleDraftError):
    """Report a file that cannot be imported."""


class CancelledError(GentleDraftError):
    """Report that the user stopped a long task; nothing was changed."""


class UnknownNameError(GentleDraftError):
    """Report a feeling or a need that is none of the closed lists."""
