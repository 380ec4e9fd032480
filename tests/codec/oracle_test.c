/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The model as oracle: random pages for the encoders, and for the decoders all
 * short inputs over a small alphabet, mutated encodings, and random bytes.
 */
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "codecs.h"
#include "guard.h"
#include "pages.h"
#include "spec/model/model.h"

enum {
  XBZ_LEN_BEFORE = 12345,
  XBZ_PAGE_MOST = 4096,
  XBZ_INPUT_MOST = 2 * XBZ_PAGE_MOST,
};

static xbz_guard xbz_output;
static xbz_guard xbz_input;
static xbz_guard xbz_page;

/* How often each decoder status came up, XBZ_OK first, XBZ_E_INPUT_END last. */
static size_t xbz_seen[1 - XBZ_E_INPUT_END];

typedef struct xbz_sample {
  uint8_t old_page[XBZ_PAGE_MOST];
  uint8_t new_page[XBZ_PAGE_MOST];
  uint8_t base[XBZ_PAGE_MOST];
  size_t page_len;
  uint8_t encoding[XBZ_INPUT_MOST];
  size_t len;
} xbz_sample;

/* A random pair, its canonical encoding, and another page to apply it to. */
static void xbz_sample_make(xbz_sample *it, xbz_random *random) {
  bool whole = xbz_random_below(random, 16) == 0;
  it->page_len = whole ? XBZ_PAGE_MOST : 1 + xbz_random_below(random, 700);
  xbz_note(0, "page_len", it->page_len);
  xbz_pages_random(random, it->old_page, it->new_page, it->page_len);
  for (size_t i = 0; i < it->page_len; i++)
    it->base[i] = xbz_random_byte(random);
  it->len = 0;
  xbz_status status =
      xbz_model_encode(it->encoding, sizeof it->encoding, &it->len,
                       it->old_page, it->new_page, it->page_len);
  XBZ_CHECK(status == (it->len > 0 ? XBZ_OK : XBZ_UNCHANGED));
  XBZ_CHECK_EQ(xbz_model_canonical(it->encoding, it->len, it->old_page,
                                   it->new_page, it->page_len),
               it->len > 0);
}

/* Any capacity: the model's status, and the model's bytes if it is XBZ_OK. */
static void xbz_try_encode(const xbz_encoder *encoder, const xbz_sample *it,
                           size_t cap) {
  uint8_t *dst = xbz_guard_tail(xbz_output, cap);
  size_t len = 0;
  xbz_status want = it->len == 0     ? XBZ_UNCHANGED
                    : it->len <= cap ? XBZ_OK
                                     : XBZ_NO_FIT;
  xbz_check_subject = encoder->name;
  xbz_note(1, "cap", cap);
  XBZ_CHECK_EQ(
      encoder->encode(dst, cap, &len, it->old_page, it->new_page, it->page_len),
      want);
  XBZ_CHECK_EQ(len, want == XBZ_OK ? it->len : 0);
  XBZ_CHECK_BYTES(dst, it->encoding, len);
}

/* Any base [F-30], and a second time without effect [F-33]. */
static void xbz_try_any_base(const xbz_decoder *decoder, const xbz_sample *it) {
  uint8_t *page = xbz_guard_copy(xbz_page, it->base, it->page_len);
  uint8_t want[XBZ_PAGE_MOST];
  for (size_t i = 0; i < it->page_len; i++)
    want[i] =
        it->old_page[i] != it->new_page[i] ? it->new_page[i] : it->base[i];
  for (size_t times = 1; times <= 2; times++) {
    size_t end = XBZ_LEN_BEFORE;
    xbz_check_subject = decoder->name;
    xbz_note(1, "times", times);
    XBZ_CHECK_EQ(
        decoder->decode(page, it->page_len, &end, it->encoding, it->len),
        XBZ_OK);
    XBZ_CHECK_BYTES(page, want, it->page_len);
  }
}

/* [F-32]. */
static void xbz_try_round_trip(const xbz_decoder *decoder,
                               const xbz_sample *it) {
  uint8_t *page = xbz_guard_copy(xbz_page, it->old_page, it->page_len);
  size_t end = XBZ_LEN_BEFORE;
  XBZ_CHECK_EQ(decoder->decode(page, it->page_len, &end, it->encoding, it->len),
               XBZ_OK);
  XBZ_CHECK_BYTES(page, it->new_page, it->page_len);
}

static void xbz_test_random_pages(void) {
  static xbz_sample it;
  xbz_random random = {4};
  for (size_t n = xbz_check_count(6000); n > 0; n--) {
    xbz_sample_make(&it, &random);
    for (size_t i = 0; i < XBZ_ENCODER_COUNT; i++) {
      xbz_try_encode(&xbz_encoders[i], &it, it.len);
      xbz_try_encode(&xbz_encoders[i], &it,
                     xbz_random_below(&random, it.len + 8));
    }
    for (size_t i = 0; i < XBZ_DECODER_COUNT; i++) {
      xbz_try_any_base(&xbz_decoders[i], &it);
      xbz_try_round_trip(&xbz_decoders[i], &it);
    }
  }
}

/* Any input, on any base: status, end and page as the model has them. */
static void xbz_try_input(const uint8_t *base, size_t page_len,
                          const uint8_t *bytes, size_t len) {
  const uint8_t *src = xbz_guard_copy(xbz_input, bytes, len);
  uint8_t want[XBZ_PAGE_MOST];
  memcpy(want, base, page_len);
  size_t want_end = XBZ_LEN_BEFORE;
  xbz_status status = xbz_model_decode(want, page_len, &want_end, src, len);
  xbz_seen[status <= 0 ? -status : XBZ_UNCHANGED]++;
  for (size_t i = 0; i < XBZ_DECODER_COUNT; i++) {
    uint8_t *page = xbz_guard_copy(xbz_page, base, page_len);
    size_t end = XBZ_LEN_BEFORE;
    xbz_check_subject = xbz_decoders[i].name;
    XBZ_CHECK_EQ(xbz_decoders[i].decode(page, page_len, &end, src, len),
                 status);
    XBZ_CHECK_EQ(end, want_end);
    XBZ_CHECK_BYTES(page, want, page_len);
  }
}

/* All inputs of up to 5 bytes that a small alphabet spells. */
static void xbz_test_small_inputs(void) {
  static const uint8_t alphabet[] = {0, 1, 2, 3, 0x7f, 0x80, 0x81, 0xff};
  static const size_t page_lens[] = {1, 2, 3, 130};
  static const uint8_t base[130] = {0x33, 0x44, 0x55};
  size_t most = xbz_check_divisor() > 1 ? 4 : 5;
  size_t inputs = 1;
  for (size_t len = 0; len <= most; len++, inputs *= sizeof alphabet)
    for (size_t input = 0; input < inputs; input++) {
      uint8_t src[5];
      for (size_t k = 0, rest = input; k < len; k++, rest /= sizeof alphabet)
        src[k] = alphabet[rest % sizeof alphabet];
      xbz_note(0, "input", input);
      for (size_t i = 0; i < sizeof page_lens / sizeof *page_lens; i++)
        xbz_try_input(base, page_lens[i], src, len);
    }
}

/* Spoil bytes[0..len), of room for len + 1, in one way; returns its length. */
static size_t xbz_mutate(xbz_random *random, uint8_t *bytes, size_t len) {
  static const uint8_t telling[] = {0x00, 0x01, 0x10, 0x7f, 0x80, 0xff};
  size_t at = xbz_random_below(random, len + 1);
  uint8_t byte = telling[xbz_random_below(random, sizeof telling)];
  switch (xbz_random_below(random, 5)) {
  case 0: /* cut */
    return at;
  case 1: /* insert */
    memmove(bytes + at + 1, bytes + at, len - at);
    bytes[at] = byte;
    return len + 1;
  case 2: /* append */
    bytes[len] = byte;
    return len + 1;
  case 3:             /* replace */
    bytes[at] = byte; /* or append, at the end */
    return at == len ? len + 1 : len;
  default: /* flip a bit */
    if (at == len)
      return len;
    bytes[at] ^= (uint8_t)(1u << xbz_random_below(random, 8));
    return len;
  }
}

static void xbz_test_mutated_encodings(void) {
  static xbz_sample it;
  xbz_random random = {5};
  for (size_t n = xbz_check_count(3000); n > 0; n--) {
    xbz_sample_make(&it, &random);
    for (size_t tries = 0; tries < 4; tries++) {
      uint8_t src[XBZ_INPUT_MOST];
      memcpy(src, it.encoding, it.len);
      size_t len = it.len;
      for (size_t times = 1 + xbz_random_below(&random, 3); times > 0; times--)
        len = xbz_mutate(&random, src, len);
      xbz_try_input(it.base, it.page_len, src, len);
    }
  }
}

/*
 * Random bytes: small ones so that pairs follow each other, or marked ones so
 * that numbers grow long.
 */
static uint8_t xbz_telling_byte(xbz_random *random, bool marked) {
  if (xbz_random_below(random, 4) == 0)
    return xbz_random_byte(random);
  if (marked)
    return xbz_random_byte(random) | 0x80;
  return (uint8_t)(1 + xbz_random_below(random, 3));
}

static void xbz_test_random_bytes(void) {
  static const uint8_t base[64] = {0x33, 0x44, 0x55};
  xbz_random random = {6};
  for (size_t n = xbz_check_count(200000); n > 0; n--) {
    uint8_t src[24];
    size_t len = xbz_random_below(&random, sizeof src + 1);
    bool marked = xbz_random_below(&random, 4) == 0;
    for (size_t k = 0; k < len; k++)
      src[k] = xbz_telling_byte(&random, marked);
    xbz_try_input(base, 1 + xbz_random_below(&random, sizeof base), src, len);
  }
}

/* The inputs were no empty show: each status came up, and XBZ_OK often. */
static void xbz_test_every_status_seen(void) {
  static const xbz_status statuses[] = {XBZ_OK,         XBZ_E_TRUNCATED,
                                        XBZ_E_LENGTH,   XBZ_E_ZERO_RUN,
                                        XBZ_E_PAGE_END, XBZ_E_INPUT_END};
  for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
    xbz_note(0, "status", (uintmax_t)-statuses[i]);
    XBZ_CHECK(xbz_seen[-statuses[i]] >= xbz_check_count(5000));
  }
}

int main(void) {
  xbz_output = xbz_guard_make(XBZ_INPUT_MOST);
  xbz_input = xbz_guard_make(XBZ_INPUT_MOST);
  xbz_page = xbz_guard_make(XBZ_PAGE_MOST);
  xbz_test_random_pages();
  xbz_test_small_inputs();
  xbz_test_mutated_encodings();
  xbz_test_random_bytes();
  xbz_test_every_status_seen();
  return 0;
}
