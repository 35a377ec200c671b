"""Every failure that a user can do something about, each with its next step.

InterviewerError
├── UsageError            what was asked for cannot be understood (exit code 2)
├── SettingsError         a setting is unknown or out of range
├── PromptError           a prompt file and the code disagree
├── ModelError            the chat model cannot do what was asked
│   ├── ModelUnavailable  no server, no model, no weights
│   ├── ModelInterrupted  the reply stopped half way
│   └── Unparsable        the reply does not fit its schema, also after one repair
├── DownloadError         weights could not be fetched or are not what they should be
├── KnowledgeError        a guide, a repository or the index cannot be read
│   └── IndexFailed       the store of the index does not do what it should
├── TranscriptError       a session file cannot be written or read
├── EvaluationError       a file of graded answers, or what was made of it, cannot be used
└── SpeechError           what speaking and listening need is not there
    └── DeviceUnavailable no PortAudio, no such device, or it was unplugged
"""


class InterviewerError(Exception):
    """A failure the user can act on: what happened, and what to do next.

    Args:
        message: what was expected and what was found.
        hint: the next step, as an imperative sentence.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(InterviewerError):
    """What was asked for cannot be understood."""

    exit_code = 2


class SettingsError(InterviewerError):
    """A setting is unknown or out of range."""

    exit_code = 2


class PromptError(InterviewerError):
    """A prompt file and the code that fills it disagree."""


class ModelError(InterviewerError):
    """The chat model cannot do what was asked."""


class ModelUnavailable(ModelError):
    """There is no server, no such model, or no weights on disk."""


class ModelInterrupted(ModelError):
    """The reply stopped half way."""


class Unparsable(ModelError):
    """The reply does not fit its schema, also after one repair."""


class DownloadError(InterviewerError):
    """Weights could not be fetched, or are not what they should be."""


class KnowledgeError(InterviewerError):
    """A guide, a repository or the index cannot be read."""


class IndexFailed(KnowledgeError):
    """The store of the index does not do what it should."""


class TranscriptError(InterviewerError):
    """A session file cannot be written or read."""


class EvaluationError(InterviewerError):
    """A file of graded answers cannot be read, or what was made of it cannot be kept."""


class SpeechError(InterviewerError):
    """What speaking and listening need is not there: a package, a voice, a sound file."""


class DeviceUnavailable(SpeechError):
    """There is no PortAudio or no such device, or it went away while in use."""
