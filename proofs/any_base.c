/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A canonical encoding is well-formed and means what it should: by recursion
 * over its pairs of runs. The function is never run; that it meets its contract
 * is the proof.
 */
#include "../src/core/encode.c"

#include "lemmas/any_base.acsl"

/* d[k..t), the canonical encoding of [i..len), is well-formed and means it. */
/*@ requires range:     i <= len <= XBZ_PAGE_LEN_MAX && k <= t;
    requires readable:  \valid_read(o + (0 .. len - 1)) &&
                        \valid_read(n + (0 .. len - 1));
    requires start:     k > 0 && i < len ==> Same(o, n, i);
    requires canonical: Canonical{Here,Here}(o, n, len, i, d, k, t);
    decreases len - i;
    assigns  \nothing;
    ensures  sound:     Parse(d, t, k, i, len) >= 0;
    ensures  means:     Means(o, n, len, i, d, t, k);
*/
static void xbz_lemma_means(const uint8_t *o, const uint8_t *n, size_t len,
                            size_t i, const uint8_t *d, size_t t, size_t k) {
  size_t z = xbz_zrun_end(o, n, i, len);
  if (z == len) {
    //@ assert end: k == t;
    return;
  }
  size_t x = xbz_nzrun_end(o, n, z, len);
  size_t next = k + xbz_pair_len(i, z, x);
  //@ assert pair: PairAt{Here,Here}(n, i, z, x, d, k) && next <= t;
  //@ assert rest: Canonical{Here,Here}(o, n, len, x, d, next, t);
  //@ assert read: PairMatches(n, i, z, x, d, k);
  //@ assert good: PairStatus(d, t, k, len - i) == XBZ_OK;
  xbz_lemma_means(o, n, len, x, d, t, next);
  //@ assert step: PairNext(d, k) == next && i + PairSize(d, k) == x;
  //@ assert runs: RunPair(o, n, len, i, z, x);
  /*@ assert tail: Means(o, n, len, i + PairSize(d, k), d, t,
                         PairNext(d, k)); */
  //@ assert next: k < t && k < PairNext(d, k);
  //@ assert means: Means(o, n, len, i, d, t, k);
  //@ assert fold: Parse(d, t, k, i, len) == Parse(d, t, next, x, len);
}
