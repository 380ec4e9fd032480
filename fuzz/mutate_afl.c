/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The mutator for AFL++, as a library beside its own stages. */
#include <string.h>

#include "fuzz.h"
#include "mutate.h"
#include "tests/codec/random.h"

typedef struct xbz_afl {
  xbz_random random;
  uint8_t *out;
  size_t room;
} xbz_afl;

void *afl_custom_init(void *afl, unsigned seed);
size_t afl_custom_fuzz(void *state, uint8_t *buf, size_t size, uint8_t **out,
                       const uint8_t *other, size_t other_size,
                       size_t max_size);
void afl_custom_deinit(void *state);

void *afl_custom_init(void *afl, unsigned seed) {
  xbz_afl *it = calloc(1, sizeof *it);
  (void)afl;
  XBZ_CHECK(it != NULL);
  it->random.state = seed;
  return it;
}

size_t afl_custom_fuzz(void *state, uint8_t *buf, size_t size, uint8_t **out,
                       const uint8_t *other, size_t other_size,
                       size_t max_size) {
  xbz_afl *it = state;
  (void)other;
  (void)other_size;
  if (it->room < max_size) {
    it->out = realloc(it->out, max_size);
    XBZ_CHECK(it->out != NULL);
    it->room = max_size;
  }
  *out = it->out;
  size = size < max_size ? size : max_size;
  memcpy(it->out, buf, size);
  return xbz_mutate(it->out, size, max_size, xbz_random_next(&it->random));
}

void afl_custom_deinit(void *state) {
  xbz_afl *it = state;
  free(it->out);
  free(it);
}
