"""What a candidate asks for in plain words where a command would do: "could you repeat that?"."""

import re

MAX_WORDS = 25
"""A longer turn says something about the question, whatever it asks for besides."""
CLARIFY, VERDICT, THINK = "clarify", "verdict", "think"
"""Wishes that there is no command for."""

# In the phrases brackets hold what may be left out, and parentheses alternatives.
_IT = "(it|that|this|the [last ](question|part|one)|(this|that|your) (question|one))"
_ASK = (
    "[(can|could|would|will|may) (you|i|we) [please |maybe |just ]|(would|do) you mind |i'll |"
    "(i|i'd|i would|we) (have to |need to |want [you ]to |like [you ]to |prefer to |rather )|"
    "i will |i think [i'll |we should |we can ]|let's |lets |let us |let me |shall we |please ]"
)
_UNKNOWN = (
    "[(i [really |honestly ](don't|do not) [really ]know[ this| that| it][ one]|[i have ]no idea|"
    "no clue|[i'm ]not sure|i can't (answer|say)[ this| that| it])\\W*[so |but ]]"
)
_PHRASES: dict[str, tuple[str, ...]] = {
    "/repeat": (
        "{ask}(repeat|restate|repeating) {it}[ again| once more| one more time]",
        "(can|could|would) you [please ]repeat",
        "{ask}(say|ask|read|saying) {it} (again|once more|one more time)",
        "(come|say) [that ]again|once more|one more time|pardon|what|what was that",
        "what('s| was| is) (the|your) [last ]question[ again]|what did you (say|ask)",
        "i (didn't|did not|couldn't) [quite ](hear|catch) (you|{it})",
        "i[ have|'ve] (forgot|forgotten|lost) the question",
        "(hi|hello|good (morning|afternoon|evening))[ there]|[i'm ]ready|let's (start|begin)",
    ),
    "/simpler": (
        "{ask}(rephrase|reword|simplify|rephrasing) {it}",
        "{ask}(put|say|ask|phrase|explain) {it} (differently|more simply|[in ]another way)",
        ("{ask}(put|say|ask|phrase|explain) {it} in [a ]"
         "(simpler|easier|plain|other|different) (words|terms|way)"),
        "i (don't|do not|didn't) [quite |really |fully ](understand|get|follow)[ {it}]",
        "i (don't|do not) (understand|get) what (you mean|you want|you're asking)[ for]",
        "[i'm ](not sure (i understand[ {it}]|what you (mean|want))|confused)",
        "what does (that|this|it|the question) mean",
    ),
    "/hint": (
        ("{ask}[have |get |give me |use |take ](a|another|one more|some|any) "
         "[little |small ](hint|hints|clue|clues|nudge|pointer|pointers)"),
        "i [could |would ](need|use|want|like) (a|another|some) [small ](hint|clue|help)",
        "(hint|hints|any hint|any hints|any help)|i'm [a bit |completely ]stuck[ here| on {it}]",
        "(can|could) you help[ me][ out][ a bit][ here| with {it}]",
    ),
    "/skip": (
        "{unknown}{ask}(skip|pass on|skipping)[ {it}]",
        "{unknown}{ask}(move|go) on[ from {it}| to [the ](next|another)[ one| question]]",
        "{unknown}{ask}[go to |have |take |try ][the ]next (one|question)",
        "{unknown}{ask}(have|get|try|take|ask me) (a different|another) (one|question)",
    ),
    "/answer": (
        "[(can|could) you ][just ](tell|give|show) me (the|a|your) [right |model |full ]answer",
        "what('s| is| was) the [right |correct |model ]answer|just tell me",
    ),
    "/time": (
        "how much [more ]time (is|do (i|we) have|have (i|we)[ got]|was it)[ still][ left]",
        "how long (do (i|we) have|have (i|we) got|is|has it been|was it)[ still][ left]",
    ),
    "/pause": (
        "{ask}(take|have|make) a [short |quick |little ](break|pause)|[i'll ]be right back|brb",
        "i need a [short |quick |little ](break|pause)",
    ),
    "/end": (
        ("(let's |(can|could) (we|i) |(i|i'd|i would) (want|like|need|have) to )"
         "(end|stop|finish|quit)[ it][ (the|this) (interview|session)][ here| now| for today]"),
        "(end|stop|quit) (the|this) (interview|session)|quit|bye|goodbye",
    ),
    "/help": ("help|what can i (do|say|ask)[ here]",),
    CLARIFY: (
        r"what [exactly ]do you mean[ .+]|(do|did) you mean .+|you mean .+\?",
        "are you (asking|talking|thinking|referring) .+|what [exactly ]are you asking[ .+]",
        "what does .+ mean[ here]|what [exactly ]do you want[ .+]|do you want me to .+",
        "(can|could|would) you [please ](clarify|elaborate|be more specific)[ .+]",
        "(can|could|would) you [please ]explain ({it}|what .+|which .+)",
        r"in (which|what) (context|language|version|sense|situation)[ .+]\?",
        r"(should|shall|can|may) i (talk|speak|focus|assume|explain|describe|answer) .+\?",
    ),
    VERDICT: (
        "(was|is) (that|this|it|my answer) (right|correct|ok|okay|good|enough|wrong)[ so far]",
        "am i (right|correct|wrong|on the right track)|how (am i doing|did i do|was (that|it))",
        "did i (get|answer) (that|it) (right|correctly)|does that answer (your|the) question",
    ),
    THINK: (
        ("((can|could) (i have|you give me) |give me |i need |just )"
         "(a|one) (second|sec|moment|minute)[ to think][ about {it}]"),
        ("(let me|i need to|i have to|i want to) think[ about {it}]"
         "[ for][ a][ second| moment| minute| bit]"),
        "hold on[ a][ second| sec| moment| minute]|[that's a ]good question",
    ),
}  # fmt: skip
_LEAD = re.compile(
    r"^(?:(?:i'm )?(?:sorry|excuse me|pardon(?: me)?|please|um+|uh+|hm+|ok|okay|well|actually|oh|"
    r"wait|so|hey|all ?right)\b[ ,.!?-]+)+"
)
_TAIL = re.compile(r"[ ,.!?-]+(?:please|thanks|thank you|sorry|for me|if that's (?:ok|okay))$")
_ASKS_BACK = re.compile(
    r"(?!(?:what|how) about|why not|what if)"
    r"(?:what|which|where|who|how|why|(?:can|may|should|do) i|(?:are|do|can|could|would) you)\b"
    r"[^.!?]*\?"
)
"""A turn that is one question; "a set?" and "is it linear?" are answers, by somebody unsure."""
_LONE = re.compile(r"(?:i'm )?(?:sorry|excuse me|pardon me)\?")


def _compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    text = "|".join(phrases).format(it=_IT, ask=_ASK, unknown=_UNKNOWN)
    return re.compile(text.replace("(", "(?:").replace("[", "(?:").replace("]", ")?"))


_PATTERNS = {name: _compiled(phrases) for name, phrases in _PHRASES.items()}


def wish(text: str) -> str | None:
    """Return the command, or one of the names above, that a turn asks for and nothing besides.

    All of the turn must be the wish: "skip this" is one, "I would skip the cache" is an answer, and
    so is a word that may be Python's, as `next`, `pass` and `exit`.
    """
    said = " ".join(text.lower().replace("’", "'").split())
    if not said or "\n" in text.strip() or len(said.split()) > MAX_WORDS:
        return None
    if _LONE.fullmatch(said):
        return "/repeat"
    bare = _TAIL.sub("", _LEAD.sub("", said).rstrip(" .!?"))
    asked = f"{bare}?" if said.endswith("?") else bare
    for name, pattern in _PATTERNS.items():
        if pattern.fullmatch(bare) or pattern.fullmatch(asked):
            return name
    return CLARIFY if _ASKS_BACK.fullmatch(asked) else None
