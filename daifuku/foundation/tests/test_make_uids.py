"""A record's name outside: sorted by birth, never twice, in the form of RFC 9562."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from daifuku.foundation.uuid7 import uuid7


def test_it_has_the_version_and_variant_of_the_standard():
    made = uuid7()
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_its_first_48_bits_are_the_milliseconds_of_now():
    before = time.time_ns() // 1_000_000
    made = uuid7().int >> 80
    assert before <= made <= time.time_ns() // 1_000_000 + 1


def test_each_is_greater_than_the_one_before():
    made = [uuid7() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_threads_get_different_ones():
    with ThreadPoolExecutor(8) as pool:
        made = [uid for batch in pool.map(lambda _: [uuid7() for _ in range(500)], range(8)) for uid in batch]
    assert len(set(made)) == 4000
