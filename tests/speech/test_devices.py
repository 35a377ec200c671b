from threading import Event

import numpy as np
import pytest

from interviewer.errors import DeviceUnavailable
from interviewer.speech.audio import Audio, joined
from interviewer.speech.devices import SoundCard
from tests.fakes.sound_card import BLOCK, FakeSoundCard, device

HEADSET = device("USB headset", inputs=1, outputs=2)
SCREEN = device("Screen", inputs=0, outputs=2)
DESK = device("USB desk microphone", inputs=1, outputs=0)
PATIENCE_S = 0.05
RAMP = np.linspace(-0.5, 0.5, 10 * BLOCK + 7, dtype=np.float32)


def card(fake: FakeSoundCard) -> SoundCard:
    return SoundCard(fake, PATIENCE_S)


def test_devices_are_listed_with_what_they_can_do_and_which_are_the_defaults() -> None:
    fake = FakeSoundCard([HEADSET, SCREEN], default=(0, 1))

    headset, screen = card(fake).devices()

    assert (headset.name, headset.inputs, headset.outputs) == ("USB headset", 1, 2)
    assert headset.default_input
    assert not headset.default_output
    assert screen.default_output
    assert screen.rate == 48_000


@pytest.mark.parametrize(
    ("wanted", "found"), [(None, "Screen"), ("0", "USB headset"), ("headset", "USB headset")]
)
def test_a_loudspeaker_is_the_default_or_named_by_number_or_part(
    wanted: str | None, found: str
) -> None:
    fake = FakeSoundCard([HEADSET, SCREEN, DESK], default=(0, 1))

    assert card(fake).loudspeaker(wanted).device.name == found


def test_a_whole_name_wins_over_parts_of_names() -> None:
    fake = FakeSoundCard([device("USB", 1, 2), HEADSET])

    assert card(fake).loudspeaker("USB").device.name == "USB"


def test_without_a_default_the_first_that_fits_is_taken() -> None:
    fake = FakeSoundCard([SCREEN, DESK], default=(-1, -1))

    assert card(fake).microphone().device.name == "USB desk microphone"


@pytest.mark.parametrize(("wanted", "count"), [("usb", 2), ("piano", 0), ("1", 0), ("9", 0)])
def test_a_name_that_fits_none_or_several_is_refused_with_the_choices(
    wanted: str, count: int
) -> None:
    fake = FakeSoundCard([HEADSET, SCREEN, DESK])

    with pytest.raises(DeviceUnavailable, match=f"found {count}") as caught:
        card(fake).microphone(wanted)

    assert "0 'USB headset', 2 'USB desk microphone'" in caught.value.hint


def test_a_machine_without_devices_says_which_one_is_missing() -> None:
    with pytest.raises(DeviceUnavailable, match="No microphone"):
        card(FakeSoundCard([SCREEN])).microphone()
    with pytest.raises(DeviceUnavailable, match="No loudspeaker"):
        card(FakeSoundCard([DESK])).loudspeaker()


def test_a_sound_is_played_whole_on_all_channels_and_followed_by_silence() -> None:
    fake = FakeSoundCard([HEADSET])

    card(fake).loudspeaker().play(Audio(RAMP, 24_000), Event())

    heard = np.concatenate(fake.heard)
    assert np.array_equal(heard[: len(RAMP), 0], RAMP)
    assert np.array_equal(heard[:, 0], heard[:, 1])
    assert not heard[len(RAMP) :].any()


def test_a_device_that_cannot_do_the_rate_gets_its_own() -> None:
    fake = FakeSoundCard([HEADSET], rates=[48_000])

    card(fake).loudspeaker().play(Audio(RAMP, 24_000), Event())

    assert fake.opened[0]["samplerate"] == 48_000
    assert 2 * len(RAMP) <= sum(map(len, fake.heard)) < 2 * len(RAMP) + 2 * BLOCK


def test_stopping_plays_not_one_block_more() -> None:
    fake, stopped = FakeSoundCard([HEADSET]), Event()
    stopped.set()

    card(fake).loudspeaker().play(Audio(RAMP, 24_000), stopped)

    assert fake.heard == []


def test_a_device_unplugged_while_it_plays_is_an_error_and_no_hang() -> None:
    fake = FakeSoundCard([HEADSET], blocks=3)

    with pytest.raises(DeviceUnavailable, match="'USB headset' stopped working") as caught:
        card(fake).loudspeaker().play(Audio(RAMP, 24_000), Event())

    assert "plugged in" in caught.value.hint


def test_a_device_in_use_elsewhere_is_an_error_that_names_it() -> None:
    fake = FakeSoundCard([HEADSET], is_busy=True)

    with pytest.raises(DeviceUnavailable, match="play on 'USB headset': Device unavailable"):
        card(fake).loudspeaker().play(Audio(RAMP, 24_000), Event())
    with (
        pytest.raises(DeviceUnavailable, match="record from 'USB headset'"),
        card(fake).microphone().recording(16_000),
    ):
        pass


def test_a_recording_has_all_that_was_heard_however_late_it_is_fetched() -> None:
    fake = FakeSoundCard([HEADSET], sound=RAMP)

    with card(fake).microphone().recording(16_000) as parts:
        recorded = [next(parts) for _ in range(11)]

    assert np.allclose(joined(recorded, 16_000).samples, RAMP)


def test_a_microphone_that_cannot_do_the_rate_is_resampled_without_a_seam() -> None:
    time = np.arange(48_000) / 48_000
    tone = np.sin(2 * np.pi * 300 * time).astype(np.float32)
    fake = FakeSoundCard([HEADSET], rates=[48_000], sound=tone)

    with card(fake).microphone().recording(16_000) as parts:
        recorded = joined([next(parts) for _ in range(90)], 16_000)

    expected = np.sin(2 * np.pi * 300 * np.arange(len(recorded.samples)) / 16_000)
    settled = slice(500, -500)
    assert recorded.rate == 16_000
    assert np.allclose(recorded.samples[settled], expected[settled], atol=0.01)


def test_a_driver_that_gives_nonsense_gives_no_more_than_noise() -> None:
    fake = FakeSoundCard([HEADSET], sound=np.array([np.nan, np.inf, -7.0, 0.5], np.float32))

    with card(fake).microphone().recording(16_000) as parts:
        recorded = next(parts)

    assert recorded.samples.tolist() == [0, 1, -1, 0.5]


def test_a_microphone_unplugged_while_it_records_keeps_what_was_heard_and_says_so() -> None:
    fake = FakeSoundCard([HEADSET], sound=RAMP, blocks=3)

    with card(fake).microphone().recording(16_000) as parts:
        recorded = [next(parts) for _ in range(3)]
        with pytest.raises(DeviceUnavailable, match="'USB headset' stopped working"):
            next(parts)

    assert np.array_equal(joined(recorded, 16_000).samples, RAMP[: 3 * BLOCK])


def test_what_goes_wrong_with_the_callers_code_is_not_blamed_on_the_device() -> None:
    fake = FakeSoundCard([HEADSET], sound=RAMP)

    with pytest.raises(ValueError, match="mine"), card(fake).microphone().recording(16_000):
        raise ValueError("mine")
