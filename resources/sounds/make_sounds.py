#!/usr/bin/env python3
"""Writes ring.wav, message.wav and warning.wav beside this file: short, quiet, 22,050 Hz mono 16 bit. The same bytes every time."""
import math
import pathlib
import struct
import wave

RATE = 22050


def tone(length, partials, attack=0.008, decay=6.0, level=0.28):
    """A bell-like tone: \a partials are (frequency, share); fades exponentially."""
    count = int(RATE * length)
    result = []
    for i in range(count):
        t = i / RATE
        shape = min(1.0, t / attack) * math.exp(-decay * t) * min(1.0, (count - i) / (RATE * 0.01))
        result.append(level * shape * sum(share * math.sin(2 * math.pi * f * t) for f, share in partials))
    return result


def mix(length, parts):
    result = [0.0] * int(RATE * length)
    for start, samples in parts:
        for i, value in enumerate(samples):
            at = int(start * RATE) + i
            if at < len(result):
                result[at] += value
    return result


def bell(base):
    return [(base, 0.7), (base * 2.0, 0.2), (base * 3.01, 0.1)]


def write(name, samples):
    with wave.open(str(pathlib.Path(__file__).with_name(name)), 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b''.join(struct.pack('<h', int(max(-1, min(1, s)) * 32767)) for s in samples))


# The ring repeats: two rising notes twice, then silence up to two seconds.
write('ring.wav', mix(2.0, [(0.00, tone(0.5, bell(659.3))), (0.18, tone(0.6, bell(880.0))),
                            (0.60, tone(0.5, bell(659.3))), (0.78, tone(0.8, bell(880.0)))]))
write('message.wav', mix(0.35, [(0.0, tone(0.35, bell(1046.5), decay=12, level=0.20))]))
write('warning.wav', mix(0.6, [(0.0, tone(0.3, bell(523.3), decay=9, level=0.26)), (0.2, tone(0.4, bell(392.0), decay=8, level=0.26))]))
