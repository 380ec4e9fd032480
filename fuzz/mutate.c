/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "mutate.h"

#include "fuzz.h"
#include "spec/model/model.h"
#include "tests/codec/random.h"

/* After the stream: the length of the page, and the mode. */
enum { XBZ_TAIL = 4, XBZ_PAIRS_MAX = 256, XBZ_OUT_MAX = 1 << 16 };

/* Bytes that stay, bytes that change, and what the input has of the latter. */
typedef struct xbz_pair {
  size_t zrun, nzrun;
  const uint8_t *bytes;
  size_t given;
} xbz_pair;

typedef struct xbz_stream {
  xbz_pair pairs[XBZ_PAIRS_MAX];
  size_t count;
  size_t page_len;
  uint8_t tail[XBZ_TAIL];
} xbz_stream;

static xbz_random xbz_dice;

static size_t xbz_number(xbz_fuzz_input *input) {
  uint32_t value = 0;
  size_t size = input->len;
  if (xbz_model_number_read(&value, &size, input->bytes, input->len) != XBZ_OK)
    value = 0;
  input->bytes += size;
  input->len -= size;
  return value;
}

static void xbz_stream_read(xbz_stream *stream, const uint8_t *data,
                            size_t size) {
  size_t tail = size < XBZ_TAIL ? size : XBZ_TAIL;
  stream->count = 0;
  memset(stream->tail, 0, XBZ_TAIL);
  memcpy(stream->tail + XBZ_TAIL - tail, data + size - tail, tail);
  xbz_fuzz_input steering = {stream->tail, XBZ_TAIL - 1};
  stream->page_len = xbz_fuzz_take_page_len(&steering);
  xbz_fuzz_input input = {data, size - tail};
  while (input.len > 0 && stream->count < XBZ_PAIRS_MAX - 1) {
    xbz_pair *pair = &stream->pairs[stream->count++];
    pair->zrun = xbz_number(&input);
    pair->nzrun = xbz_number(&input);
    pair->bytes = input.bytes;
    pair->given = pair->nzrun < input.len ? pair->nzrun : input.len;
    input.bytes += pair->given;
    input.len -= pair->given;
  }
}

/* A length: where numbers grow, where the page ends, small, or any. */
static size_t xbz_length(size_t left) {
  static const size_t edges[] = {1, 127, 128, 129, 255, 256, 16383, 16384};
  switch (xbz_random_below(&xbz_dice, 8)) {
  case 0:
    return left;
  case 1:
    return left - 1 + xbz_random_below(&xbz_dice, 3);
  case 2:
    return edges[xbz_random_below(&xbz_dice, sizeof edges / sizeof *edges)];
  case 3:
    return xbz_random_below(&xbz_dice, left + 1);
  default:
    return xbz_random_below(&xbz_dice, 12);
  }
}

/* What the pairs before this one leave of the page. */
static size_t xbz_left(const xbz_stream *stream, size_t at) {
  size_t left = stream->page_len;
  for (size_t i = 0; i < at; i++) {
    size_t run = stream->pairs[i].zrun + stream->pairs[i].nzrun;
    left -= run < left ? run : left;
  }
  return left;
}

static void xbz_pair_insert(xbz_stream *stream, size_t at) {
  if (stream->count == XBZ_PAIRS_MAX)
    return;
  xbz_pair *pair = &stream->pairs[at];
  memmove(pair + 1, pair, (stream->count++ - at) * sizeof *pair);
  *pair = (xbz_pair){.zrun = 1, .nzrun = 1};
  pair->zrun = xbz_length(xbz_left(stream, at));
  pair->nzrun = xbz_length(xbz_left(stream, at + 1));
}

static void xbz_pair_remove(xbz_stream *stream, size_t at) {
  xbz_pair *pair = &stream->pairs[at];
  memmove(pair, pair + 1, (--stream->count - at) * sizeof *pair);
}

/* Let the runs up to here make up the page exactly, or nearly. */
static void xbz_page_fit(xbz_stream *stream, size_t at) {
  xbz_pair *pair = &stream->pairs[at];
  size_t left = xbz_left(stream, at);
  size_t other = pair->zrun < left ? pair->zrun : left;
  pair->nzrun = left - other + xbz_random_below(&xbz_dice, 3) - 1;
  stream->count = at + 1;
}

static void xbz_change(xbz_stream *stream) {
  size_t at = xbz_random_below(&xbz_dice, stream->count + 1);
  size_t kind = at == stream->count ? 0 : xbz_random_below(&xbz_dice, 6);
  xbz_pair *pair = &stream->pairs[at];
  switch (kind) {
  case 0:
    xbz_pair_insert(stream, at);
    break;
  case 1:
    xbz_pair_remove(stream, at);
    break;
  case 2:
    xbz_page_fit(stream, at);
    break;
  case 3:
    pair->zrun = xbz_length(xbz_left(stream, at));
    break;
  case 4:
    pair->nzrun = xbz_length(xbz_left(stream, at));
    break;
  default:
    /* New bytes. */
    pair->given = 0;
  }
}

/* Mostly keep to the page; then an input is worth more than its rejection. */
static void xbz_stream_trim(xbz_stream *stream) {
  size_t left = stream->page_len;
  for (size_t i = 0; i < stream->count; i++) {
    xbz_pair *pair = &stream->pairs[i];
    if (i > 0 && pair->zrun == 0)
      pair->zrun = 1;
    pair->zrun = pair->zrun < left ? pair->zrun : left;
    left -= pair->zrun;
    if (pair->nzrun == 0)
      pair->nzrun = 1;
    pair->nzrun = pair->nzrun < left ? pair->nzrun : left;
    left -= pair->nzrun;
    if (pair->nzrun == 0)
      stream->count = i;
  }
}

/* A number at out, rarely not in shortest form. */
static size_t xbz_number_put(uint8_t *out, size_t value) {
  size_t size = xbz_model_number_write(out, (uint32_t)value);
  if (size < 5 && xbz_random_below(&xbz_dice, 32) == 0) {
    out[size - 1] |= 0x80;
    out[size++] = 0;
  }
  return size;
}

static size_t xbz_stream_write(uint8_t *out, const xbz_stream *stream,
                               size_t max) {
  size_t at = 0;
  for (size_t i = 0; i < stream->count; i++) {
    const xbz_pair *pair = &stream->pairs[i];
    if (pair->nzrun > max || at + pair->nzrun + 10 > max)
      break;
    at += xbz_number_put(out + at, pair->zrun);
    at += xbz_number_put(out + at, pair->nzrun);
    for (size_t k = 0; k < pair->nzrun; k++)
      out[at++] = k < pair->given ? pair->bytes[k] : xbz_random_byte(&xbz_dice);
  }
  return at;
}

size_t xbz_mutate(uint8_t *data, size_t size, size_t max, uint64_t seed) {
  static uint8_t out[XBZ_OUT_MAX];
  static xbz_stream stream;
  xbz_dice.state = seed;
  max = max < XBZ_OUT_MAX ? max : XBZ_OUT_MAX;
  if (max < XBZ_TAIL)
    return size;
  xbz_stream_read(&stream, data, size);
  for (size_t n = 1 + xbz_random_below(&xbz_dice, 4); n > 0; n--)
    xbz_change(&stream);
  if (xbz_random_below(&xbz_dice, 8) > 0)
    xbz_stream_trim(&stream);
  if (xbz_random_below(&xbz_dice, 8) == 0)
    stream.tail[xbz_random_below(&xbz_dice, XBZ_TAIL)] =
        xbz_random_byte(&xbz_dice);
  size_t len = xbz_stream_write(out, &stream, max - XBZ_TAIL);
  memcpy(data, out, len);
  memcpy(data + len, stream.tail, XBZ_TAIL);
  return len + XBZ_TAIL;
}
