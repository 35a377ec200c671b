"""What a candidate asks for in plain words where a command would do: "could you repeat that?"."""

import re

MAX_WORDS = 25
"""A longer turn says something about the question, whatever it asks for besides."""
THINK, LISTEN, HERE, WHO = "think", "listen", "here", "who"
OPEN, WHICH, ALLOWED, OWN_VIEW = "open", "which", "allowed", "own view"
SURE, LATER, VERDICT = "sure", "later", "verdict"
"""Wishes that there is no command for, but a word in reply."""
REPLIES = {
    THINK: "Take your time.",
    LISTEN: "I'm listening.",
    HERE: "Yes, I'm with you.",
    WHO: "I'm a program on your machine, without a name: I ask, listen and grade what you say.",
    OPEN: "I leave that open: take it the way that makes sense to you, and say what you assume.",
    WHICH: "Your call: say which one you take, and why.",
    ALLOWED: "That's up to you. Say what you choose, and why.",
    OWN_VIEW: "I'd like to hear how you see it.",
    SURE: "Of course, go ahead.",
    LATER: "We won't come back to it, so say what you have so far, or we go on.",
    VERDICT: "You will see when we are through with this question.",
}
AT_THE_END = "You will see at the end."
"""The reply to VERDICT in a real interview."""

# In the phrases brackets hold what may be left out, and parentheses alternatives.
_IT = "(it|that|this|the [last |first |second ](question|part|one)|(this|that|your) (question|one))"
_MUST = (
    "((can|could|would|will|may) (you|i|we) [please |maybe |just ]|(would|do) you mind |i'll |"
    "(i|i'd|i would|we) (have to |need to |want [you ]to |like [you ]to |prefer to |rather )|"
    "i will |i think [i'll |we should |we can ]|let's |lets |let us |let me |shall we |please )"
)
_ASK = f"[{_MUST}]"
_UNKNOWN = (
    "[(i [really |honestly ](don't|do not) [really ]know[ this| that| it][ one]|[i have ]no idea|"
    "no clue|[i'm ]not sure|i can't (answer|say)[ this| that| it])\\W*[so |but ]]"
)
_PHRASES: dict[str, tuple[str, ...]] = {
    LATER: (
        "{must}(come|get|go|circle|jump) back to {it}[ again][ later| at the end| afterwards]",
        "{must}(do|answer|take|leave|save) {it} [for ](later|the end|last|afterwards|at the end)",
        "{ask}(skip|park|postpone|leave) {it} for (now|the moment|later)",
    ),
    "/repeat": (
        "{ask}(repeat|restate|repeating) {it}[ again| once more| one more time]",
        "(can|could|would) you [please ]repeat",
        "{ask}(say|ask|read|saying) {it} (again|once more|one more time)",
        "(come|say) [that ]again|once more|one more time|pardon|what|what was that",
        "what('s| was| is) (the|your) [last ]question[ again]|what did you (say|ask)",
        "i (didn't|did not|couldn't) [quite ](hear|catch) (you|{it})",
        "i[ have|'ve] (forgot|forgotten|lost) the question",
        "(can|could|would) you [please ]repeat what you [just ](said|asked)|i can't hear you",
        "{ask}(say {it}|speak) [a bit |a little ](louder|slower|up|more slowly)",
        "((can|could|may) i see|show me) (the|that|your) (code|question|task|example)[ again]",
        "(hi|hello|hey|good (morning|afternoon|evening))[ there][[,] how are you[ doing][ today]]",
        "how are you[ doing][ today]|[i'm ](ready|back)",
        "(let's|shall we|(can|could) (we|i)) (start|begin|continue)",
    ),
    "/simpler": (
        "{ask}[repeat (or|and) ](rephrase|reword|simplify|rephrasing) {it}",
        "{ask}(put|say|ask|phrase|explain) {it} (differently|more simply|[in ]another way)",
        ("{ask}(put|say|ask|phrase|explain) {it} in [a ]"
         "(simpler|easier|plain|other|different) (words|terms|way)"),
        "i (don't|do not|didn't) [quite |really |fully ](understand|get|follow)[ {it}]",
        "i (don't|do not) (understand|get) what (you mean|you want|you're asking)[ for]",
        ("[i'm ](not sure (i understand[ {it}]|what you( mean| want|'re asking| are asking)[ for])"
         "|confused)"),
        "[in ](simpler|easier|plain|simple) (words|terms|english)",
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
        "{unknown}{must}(talk about|do|try) (something else|(a different|another) topic)",
        "{unknown}(next[,] please|what('s| is) (next|the next question)|change the topic)",
        "{unknown}(i|i'll|i will|i'd|let me) (pass|give up)[ (on|with) {it}]",
        "(i'd|i would|i) (rather|prefer) not[ to] (answer|say)[ {it}]",
        "i (don't|do not) want to (answer|talk about|do) {it}",
    ),
    "/answer": (
        "[(can|could) you ][just ](tell|give|show) me (the|a|your) [right |model |full ]answer",
        "what('s| is| was) the [right |correct |model ]answer|just tell me",
    ),
    "/time": (
        "how much [more ]time (is|do (i|we) have|have (i|we)[ got]|was it)[ still][ left]",
        "how long (do (i|we) have|have (i|we) got|is|has it been|was it)[ still][ left]",
        "how many [more ]questions (are (there|left)|do we have|will there be)[ left]",
        "(are we [almost |nearly ](done|through|finished)|when (are we done|is it over))[ yet]",
    ),
    "/pause": (
        "{ask}(take|have|make) a [short |quick |little ](break|pause)|[i'll ]be right back|brb",
        "i need a [short |quick |little ](break|pause)|i (have|need) to take (a|this) call",
        "(my phone is|my phone's) ringing|(somebody|someone)('s| is) at the door",
    ),
    "/end": (
        ("(let's |(can|could) (we|i) |(i|i'd|i would) (want|like|need|have) to )"
         "(end|stop|finish|quit)[ it][ (the|this) (interview|session)][ here| now| for today]"),
        "(end|stop|quit) (the interview|this (interview|session))|quit|bye|goodbye",
        "(i have|i need|i've got|i got) to (go|leave)[ now]",
    ),
    "/help": ("help|what can i (do|say|ask)[ here]",),
    "/why": ("why (do you ask|are you asking)[ me][ {it}]",),
    THINK: (
        ("((can|could|may) (i have|you give me) |give me |i [just ]need |just |wait |hold on |"
         "hang on )(a|one|just a|another) (second|sec|moment|minute|bit)[ to think][ about {it}]"),
        ("(give me|i need|can i have) (some|a bit of|a little|more|a bit more) time"
         "[ to think][ about {it}]"),
        ("(let me|i need to|i have to|i want to|can i|could i|may i|i'm) (think|thinking)"
         "[ (out loud|aloud)][ about {it}][ for][ a][ second| moment| minute| bit]"),
        "(let me|can i|could i|may i) start (over|again)",
        "let me (see|(read|look at) (it|that|this|the code)[ again| first])",
        "hold on|hang on|[that's |this is |what ][a |an ]{hard} (question|one)",
        "i[ just|'ve|'ve just| have] lost (my train of thought|the thread|my thread|track)",
        "where was i|what was i (saying|going to say)|i('m| am) [a bit |so |very ]nervous",
        "my mind [just ](went|is|goes) blank|my mind's blank|i('m| am) (blanking|drawing a blank)",
    ),
    HERE: (
        "(are you|anybody|anyone) [still ](there|listening|here|with me)",
        "(can|do|did) you [still ](hear|see) (me|that|this|my (answer|code|screen))|am i audible",
    ),
    WHO: (
        "(who|what) are you|who (made|built|wrote|trained) you",
        "(what('s| is)|may i ask|tell me) your name|do you have a name|what (should|do) i call you",
        "are you [really |actually |just ][a |an |some ][real |actual |live ]{someone}[ or .+]",
        "am i (talking|speaking) (to|with) [a |an ][real |actual |live ]{someone}[ or .+]",
        "who am i (talking|speaking) (to|with)|who is (this|that) speaking",
        "(what|which) [kind of ](ai|model|language model|llm|program|bot) are you",
        "[(can|could|would) you ][please ](introduce yourself|tell me [something ]about yourself)",
    ),
    SURE: (
        ("(can|could|may) i [just |first |please ](ask|add|correct|change|say|give|explain|finish)"
         "[ you][ ({it}|my answer|myself|something[ else]|(a|an|one)[ more| quick| clarifying] "
         "(question|thing|example|sentence))][ about .+| first| quickly]"),
        "i have a [quick |short |clarifying ]question|[a ](quick|clarifying|short) question",
        "one question",
    ),
    VERDICT: (
        "(was|is) (that|this|it|my answer) (right|correct|ok|okay|good|enough|wrong)[ so far]",
        "is (that|this|it) what you (wanted|meant|asked)[ for][ to (hear|know)]|how was my answer",
        "am i (right|correct|wrong|on the right track)|how (am i doing|did i do|was (that|it))",
        "did i (get|answer) (that|it) (right|correctly)|does that answer (your|the) question",
        "(does|did) (that|it|this) make [any ]sense|what do you think[ of (that|my answer)]",
        r"what (did|do) i (miss|get wrong)|did i miss (anything|something)",
        r"(right|correct|make sense|makes sense)\?",
    ),
    ALLOWED: (
        r"do you (want|expect|prefer) (me|us|a|an|the|some|more|just|both|only)\b.+\?",
        r"do you (want|need|expect|prefer) (me|code)\b.*\?|am i (allowed|supposed|expected) .+\?",
        r"is it (ok|okay|fine|all right|alright|enough|allowed) if i .+\?|you want me to .+\?",
        r"(is|are) .+ (library|libraries|packages|imports) allowed\?",
        r"(can|could|may|should|shall|must|do) i .+\?",
    ),
    OPEN: (
        r"what [exactly ]do you mean[ (by|with|when|if|exactly|here|there|in) .+]",
        r"(do|did) you mean .+|what [exactly ]do you mean .+\?|you mean .+\?",
        "are you (asking|talking|thinking|referring) .+|what [exactly ]are you asking[ .+]",
        "what does .+ mean[ here]|what [exactly ]do you (want|expect)[ .+]",
        "(can|could|would) you [please ](clarify|elaborate|be (more|a bit more) .+)[ .+]",
        "(can|could|would) you [please ]explain ({it}|what .+|which .+)",
        r"in (which|what) (context|language|version|sense|situation)[ .+]\?",
        r"are we (talking|speaking|assuming|allowed|supposed|still) .+\?",
        r"((can|could|should|may) we assume|do we (know|care|assume)) .+\?",
        r"(is|are) (that|this|these|those|the question|your question) about .+\?",
        r"is (that|this) (on|in|for|under|with) {setting}.*\?",
        r"(is|are) there any (other |more |further )?{bounds}[ .+]\?|any {bounds}[ .+]\?",
        r"does (that|this|the question|your question) (include|refer to|apply to) .+\?",
        r"does [the ](order|performance|speed|memory|style|size) matter (here|to you|in this .+)\?",
        r"is (that|this|it) a (trick|real|theoretical|general|design|coding) question\?",
    ),
    OWN_VIEW: (
        ("(can|could|would|will) you [please |maybe |just |quickly ](give|tell|explain|clarify|"
         r"describe|show|remind|help|confirm|specify|share)\b.*\?"),
        r"do you [really |also ](like|think|know|agree|remember|care)\b.*\?",
        r"(what|how|which|when|why|where)\b.* (would|do|did) you\b.*\?",
        r"are you (a|an|sure|serious|kidding|happy|going|looking|okay|ok)\b.*\?",
    ),
}  # fmt: skip
_HARD = "(good|tough|hard|interesting|difficult|tricky|great|nice)"
_SETTING = (
    "(python|cpython|pypy|linux|windows|mac|macos|unix|docker|jupyter|production|a web .+|a script)"
)
_SOMEONE = (
    "(ai|chatbot|bot|robot|machine|computer|program|language model|llm|model|human[ being]|person|"
    "real|alive|chatgpt|claude|man|woman|interviewer)"
)
_BOUNDS = "(constraint|requirement|restriction|assumption|limitation)[s]"
_LEAD = re.compile(
    r"^(?:(?:i'm )?(?:sorry|excuse me|pardon(?: me)?|please|um+|uh+|hm+|ok|okay|well|actually|oh|"
    r"wait|so|hey|hi|hello|and|but|thanks|all ?right|(?:that's a )?good question)\b[ ,.!?-]+)+"
)
_TAIL = re.compile(
    r"[ ,.!?-]+(?:please|thanks|thank you|sorry|then|for me|if that's (?:ok|okay|all right))$"
)
_ANNOUNCED = re.compile(
    r"^(?:just )?(?:(?:to clarify|for clarification)\b[,:]?|(?:to (?:be (?:sure|clear)|confirm|"
    r"make sure)|(?:a |one )?(?:quick |clarifying |short )?question(?: first)?|"
    r"before i (?:start|begin|answer)(?: that)?)[,:.]) +"
)
"""How people begin who ask back, whatever they say then."""
_REST = r"(?:[^.!?]|\.(?=\S))"
"""Any character of the same sentence."""
_ASKS_BACK = re.compile(
    r"(?!(?:what|how) about|why not|what if|who knows)"
    rf"(?:what|which|where|who|how|why)\b(?! (?:it|the|they|you|we|an?|its)\b){_REST}*\?"
)
"""A turn that is one question; "a set?", "is it linear?" and "would you use a lock?" are answers,
by somebody unsure, and so is "how it is stored?"."""
_OR = re.compile(
    rf"(?!(?:what|which|where|who|how|why)\b)(?!.*\b(?:because|if|when)\b.*\bor\b){_REST}*\bor "
    r"(?!(?:some\w*|any\w*|so|such|similar|like|what|whatever|am i|is it|isn't|maybe|even|else|"
    r"better|worse|more|less|fewer|later|newer|older|higher|lower|above|below|rather|at)\b)"
    rf"{_REST}*\??"
)
_LEAVES_OPEN = re.compile(
    r"(?:is|are|was|does|do|did|has|have|can|should|will|would) "
    r"(?:this|that|these|those|it|there|we|they|the|my|your)\b"
    r"(?!.*\b(?:that|which|with|whose|who|all|every\w*|any\w*)\b)"
)
"""With `_OR`: "is that on Linux or Windows?" says neither, so nothing is lost by asking which."""
_LONE = re.compile(r"(?:i'm )?(?:sorry|excuse me|pardon me)\?")
_MURMUR = re.compile(
    r"(?:(?:hm+|um+|uh+|er+m?|oh|ok|okay|well|all ?right|i see|got it|thanks|thank you|understood)"
    r"\b[ ,.!…-]*)+"
)


def _compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    text = "|".join(phrases).format(
        it=_IT, must=_MUST, ask=_ASK, unknown=_UNKNOWN, hard=_HARD, setting=_SETTING,
        bounds=_BOUNDS, someone=_SOMEONE,
    )  # fmt: skip
    text = text.replace("(", "(?:").replace("[", "(?:").replace("]", ")?")
    return re.compile(re.sub(r"(?<!\\)\.(?=[+*])", lambda _: _REST, text))


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
    if _MURMUR.fullmatch(said):
        return LISTEN
    opened = _LEAD.sub("", said)
    asks = _LEAD.sub("", _ANNOUNCED.sub("", opened))
    bare = _TAIL.sub("", asks.rstrip(" .!?"))
    asked = f"{bare}?".replace("? or ", " or ") if said.endswith("?") else bare
    for name, pattern in _PATTERNS.items():
        if any(pattern.fullmatch(form) for form in (bare, asked, said.rstrip(" .!?"))):
            return WHICH if name in (OPEN, ALLOWED) and _OR.fullmatch(asked) else name
    return _asked_back(asked, is_announced=bool(_ANNOUNCED.match(opened)))


def _asked_back(asked: str, *, is_announced: bool) -> str | None:
    if not asked.endswith("?"):
        return None
    if (is_announced or _LEAVES_OPEN.match(asked)) and _OR.fullmatch(asked):
        return WHICH
    is_one = re.fullmatch(rf"{_REST}+\?", asked)
    return OPEN if _ASKS_BACK.fullmatch(asked) or (is_announced and is_one) else None
