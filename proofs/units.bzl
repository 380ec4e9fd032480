# SPDX-License-Identifier: MIT OR Apache-2.0
"""What is proved: one test for each unit. The proof runner reads this file too,
so it holds literals only."""

# Every function that the file defines.
FUNCTIONS = {
    "uleb128": "src/core/uleb128.c",
    "bytes": "src/core/bytes.c",
    "encode": "src/core/encode.c",
    "decode": "src/core/decode.c",
    "arguments": "src/core/arguments.c",
    "pair_get": "src/core/pair_get.c",
    "pair_put": "src/core/pair_put.c",
    "update": "src/core/update.c",
    "page": "src/core/page.c",
    "backend": "src/fast/backend.c",
    "any_base": "proofs/any_base.c",
    "round_trip": "proofs/round_trip.c",
    "cache_theorems": "proofs/cache.c",
    "cache": "src/core/cache.c",
    "cache_set": "src/core/cache_set.c",
    "cache_shape": "src/core/cache_shape.c",
    "cache_resize": "src/core/cache_resize.c",
    "message": "src/core/message.c",
    "receiver": "src/core/receiver.c",
    "sender": "src/core/sender.c",
    "sender_step": "src/core/sender_step.c",
    "session": "src/core/session.c",
    "coherence_apply": "proofs/coherence_apply.c",
    "coherence_between": "proofs/coherence_between.c",
    "coherence_delta": "proofs/delta.c",
    "coherence_make": "proofs/coherence_make.c",
    "coherence_page": "proofs/coherence_page.c",
    "coherence_session": "proofs/coherence_session.c",
}

# Every lemma that the file states.
LEMMAS = {
    "lemmas_alike": "proofs/lemmas/alike.acsl",
    "lemmas_any_base": "proofs/lemmas/any_base.acsl",
    "lemmas_between": "proofs/lemmas/between.acsl",
    "lemmas_bits": "proofs/lemmas/bits.acsl",
    "lemmas_canon_len": "proofs/lemmas/canon_len.acsl",
    "lemmas_canonical": "proofs/lemmas/canonical.acsl",
    "lemmas_edges": "proofs/lemmas/edges.acsl",
    "lemmas_coherence": "proofs/lemmas/coherence.acsl",
    "lemmas_decode": "proofs/lemmas/decode.acsl",
    "lemmas_frame": "proofs/lemmas/frame.acsl",
    "lemmas_next_pair": "proofs/lemmas/next_pair.acsl",
    "lemmas_page_at": "proofs/lemmas/page_at.acsl",
    "lemmas_page_delta": "proofs/lemmas/page_delta.acsl",
    "lemmas_retaken": "proofs/lemmas/retaken.acsl",
    "lemmas_runs": "proofs/lemmas/runs.acsl",
    "lemmas_runs_frame": "proofs/lemmas/runs_frame.acsl",
    "lemmas_runs_same": "proofs/lemmas/runs_same.acsl",
    "lemmas_runs_skip": "proofs/lemmas/runs_skip.acsl",
    "lemmas_slot": "proofs/lemmas/slot.acsl",
    "lemmas_table": "spec/logic/table.acsl",
    "lemmas_uleb128": "proofs/lemmas/uleb128.acsl",
    "lemmas_wire": "proofs/lemmas/wire.acsl",
}

# Files whose every function must be in FUNCTIONS.
PROVED = [
    "proofs/*.c",
    "src/core/*.c",
    "src/fast/backend.c",
]
