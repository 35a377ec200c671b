from threading import Event, Thread

import numpy as np
import pytest

from interviewer.errors import DeviceUnavailable
from interviewer.speech.audio import Audio
from interviewer.speech.speaker import LEAD_S, Collector, Player, Speaker
from interviewer.speech.voice import HibariVoice
from tests.fakes.voice import RATE, AnnouncingPlayer, CountingVoice, UnpluggedPlayer

LEAD = round(LEAD_S * RATE)
TIMEOUT_S = 60.0


def lengths(sounds: list[Audio]) -> list[int]:
    """How many characters were said by each sound, the silence before it aside."""
    return [len(sound.samples) - LEAD for sound in sounds]


def speaker_on(player: Player) -> Speaker:
    return Speaker(CountingVoice(), player)


def test_each_sentence_is_a_sound_in_order() -> None:
    player = Collector()
    speaker = speaker_on(player)

    speaker.say("One sentence. And another one!")
    speaker.wait()
    speaker.close()

    assert lengths(player.played) == [len("One sentence."), len("And another one!")]


def test_each_sound_begins_with_the_silence_that_sound_cards_swallow() -> None:
    player = Collector()
    speaker = speaker_on(player)

    speaker.say("One sentence.")
    speaker.wait()
    speaker.close()

    assert not player.played[0].samples[:LEAD].any()
    assert player.played[0].samples[LEAD:].all()


def test_the_first_sentence_sounds_before_the_text_has_ended() -> None:
    player = AnnouncingPlayer()
    speaker = speaker_on(player)

    speaker.add("The first sentence. The sec")
    first = player.started.get(timeout=TIMEOUT_S)
    # Only now does the text go on.
    speaker.add("ond one.")
    speaker.finish()
    speaker.wait()
    speaker.close()

    assert lengths([first]) == [len("The first sentence.")]
    assert lengths([player.started.get_nowait()]) == [len("The second one.")]


def test_stopping_interrupts_the_sentence_and_drops_the_rest() -> None:
    player = AnnouncingPlayer(is_slow=True)
    speaker = speaker_on(player)
    speaker.say("A first sentence. A second one. A third.")
    player.started.get(timeout=TIMEOUT_S)
    was_speaking = speaker.is_speaking

    speaker.stop()

    assert was_speaking
    assert not speaker.is_speaking
    assert player.interrupted == 1
    assert player.started.empty()
    speaker.close()


def test_the_rest_of_a_stopped_text_is_not_said_and_the_next_text_is() -> None:
    player = AnnouncingPlayer()
    speaker = speaker_on(player)
    speaker.add("A first sentence. The sec")
    player.started.get(timeout=TIMEOUT_S)

    speaker.stop()
    speaker.add("ond. A third. A fou")
    speaker.finish()
    speaker.say("Another text.")
    speaker.wait()
    speaker.close()

    assert lengths([player.started.get_nowait()]) == [len("Another text.")]
    assert player.started.empty()


def test_a_text_that_is_stopped_before_its_first_sentence_is_whole_is_not_said() -> None:
    player = Collector()
    speaker = speaker_on(player)
    speaker.add("A first sent")

    speaker.stop()
    speaker.add("ence. A second one.")
    speaker.finish()
    speaker.wait()
    speaker.close()

    assert player.played == []


def test_a_key_pressed_after_all_was_said_silences_nothing_that_comes() -> None:
    player = Collector()
    speaker = speaker_on(player)
    speaker.say("One text.")
    speaker.wait()

    speaker.stop()
    speaker.say("Another text.")
    speaker.wait()
    speaker.close()

    assert len(player.played) == 2


def test_who_waits_for_the_end_is_released_by_a_stop_from_another_thread() -> None:
    player = AnnouncingPlayer(is_slow=True)
    speaker = speaker_on(player)
    speaker.say("A first sentence. A second one.")
    returned = Event()

    def wait() -> None:
        speaker.wait()
        returned.set()

    Thread(target=wait).start()
    player.started.get(timeout=TIMEOUT_S)
    speaker.stop()

    assert returned.wait(TIMEOUT_S)
    speaker.close()


def test_an_unplugged_device_is_told_once_and_the_rest_is_not_said() -> None:
    player = UnpluggedPlayer(sounds=1)
    speaker = speaker_on(player)
    speaker.say("A first sentence. A second one. A third one. A fourth.")

    with pytest.raises(DeviceUnavailable, match="USB headset"):
        speaker.wait()

    speaker.wait()
    assert player.played == 1
    speaker.close()


def test_volume_makes_it_quieter_or_louder() -> None:
    player = Collector()
    speaker = Speaker(CountingVoice(), player, volume=0.25)

    speaker.say("One sentence.")
    speaker.wait()
    speaker.close()

    assert player.played[0].peak == 0.25


def test_what_has_nothing_to_say_makes_no_sound(voice: HibariVoice) -> None:
    player = Collector()
    speaker = Speaker(voice, player)

    speaker.say("... {}")
    speaker.wait()
    speaker.close()

    assert player.played == []


def test_a_real_voice_says_a_text_that_comes_in_pieces(voice: HibariVoice) -> None:
    player = Collector()
    speaker = Speaker(voice, player)

    for piece in ("What does ", "`__init__` do? ", "And when is it ", "called?"):
        speaker.add(piece)
    speaker.finish()
    speaker.wait()
    speaker.close()

    lead = round(LEAD_S * 24_000)
    expected = [voice.say("What does __init__ do?"), voice.say("And when is it called?")]
    for sound, sentence in zip(player.played, expected, strict=True):
        assert np.array_equal(sound.samples[lead:], sentence.samples)
