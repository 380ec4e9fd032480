/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* corpus/encode/pairs.txt: pages and the encodings written for them by hand. */
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "codecs.h"
#include "file.h"
#include "guard.h"
#include "spec/model/model.h"

typedef struct xbz_bytes {
  uint8_t *at;
  size_t len;
} xbz_bytes;

typedef struct xbz_pair {
  const char *name;
  xbz_bytes old_page;
  xbz_bytes new_page;
  xbz_bytes encoding;
} xbz_pair;

static void xbz_bytes_add(xbz_bytes *bytes, uint8_t byte, size_t count) {
  bytes->at = realloc(bytes->at, bytes->len + count + 1);
  XBZ_CHECK(bytes->at != NULL);
  memset(bytes->at + bytes->len, byte, count);
  bytes->len += count;
}

/* Words HH or HH*n, to the end of the text. */
static xbz_bytes xbz_bytes_parse(const char *text) {
  xbz_bytes bytes = {NULL, 0};
  xbz_bytes_add(&bytes, 0, 0);
  while (*text != '\0') {
    char *rest;
    unsigned long byte = strtoul(text, &rest, 16);
    unsigned long count = 1;
    if (*rest == '*')
      count = strtoul(rest + 1, &rest, 10);
    XBZ_CHECK(rest > text && byte <= 0xff && count > 0);
    xbz_bytes_add(&bytes, (uint8_t)byte, count);
    text = rest;
  }
  return bytes;
}

/* Each in exactly the room it has, at a guard. */
static void xbz_try_encode(const xbz_encoder *encoder, const xbz_pair *pair) {
  size_t room = pair->encoding.len;
  uint8_t *dst = xbz_guard_tail(xbz_guard_make(room + 1), room);
  size_t len = 0;
  xbz_note(0, "encoder", (uintmax_t)(encoder - xbz_encoders));
  XBZ_CHECK_EQ(encoder->encode(dst, room, &len, pair->old_page.at,
                               pair->new_page.at, pair->old_page.len),
               room == 0 ? XBZ_UNCHANGED : XBZ_OK);
  XBZ_CHECK_EQ(len, room);
  XBZ_CHECK_BYTES(dst, pair->encoding.at, len);
}

static void xbz_try_decode(const xbz_decoder *decoder, const xbz_pair *pair) {
  size_t page_len = pair->old_page.len;
  uint8_t *page =
      xbz_guard_copy(xbz_guard_make(page_len), pair->old_page.at, page_len);
  size_t end = 0;
  xbz_note(0, "decoder", (uintmax_t)(decoder - xbz_decoders));
  XBZ_CHECK_EQ(decoder->decode(page, page_len, &end, pair->encoding.at,
                               pair->encoding.len),
               XBZ_OK);
  XBZ_CHECK_BYTES(page, pair->new_page.at, page_len);
}

static void xbz_try_pair(const xbz_pair *pair) {
  xbz_check_subject = pair->name;
  XBZ_CHECK_EQ(pair->old_page.len, pair->new_page.len);
  XBZ_CHECK_EQ(xbz_model_canonical(pair->encoding.at, pair->encoding.len,
                                   pair->old_page.at, pair->new_page.at,
                                   pair->old_page.len),
               pair->encoding.len > 0);
  for (size_t i = 0; i < XBZ_ENCODER_COUNT; i++)
    xbz_try_encode(&xbz_encoders[i], pair);
  for (size_t i = 0; i < XBZ_DECODER_COUNT; i++)
    xbz_try_decode(&xbz_decoders[i], pair);
}

/* The words of the next line, after its key. Comments and blanks are no lines.
 */
static const char *xbz_line_next(char **text, const char *key) {
  *text += strspn(*text, "\n");
  while (**text == '#') {
    *text += strcspn(*text, "\n");
    *text += strspn(*text, "\n");
  }
  char *line = *text;
  size_t len = strcspn(line, "\n");
  XBZ_CHECK_EQ(line[len], '\n');
  line[len] = '\0';
  *text = line + len + 1;
  size_t key_len = strlen(key);
  XBZ_CHECK(strncmp(line, key, key_len) == 0);
  return line + key_len;
}

/* Returns how many pairs there were. */
static size_t xbz_test_pairs(char *text) {
  size_t count = 0;
  for (; *text != '\0'; count++) {
    xbz_pair pair;
    pair.name = xbz_line_next(&text, "name ");
    pair.old_page = xbz_bytes_parse(xbz_line_next(&text, "old "));
    pair.new_page = xbz_bytes_parse(xbz_line_next(&text, "new "));
    pair.encoding = xbz_bytes_parse(xbz_line_next(&text, "encoding"));
    xbz_try_pair(&pair);
    free(pair.old_page.at);
    free(pair.new_page.at);
    free(pair.encoding.at);
  }
  return count;
}

int main(void) {
  xbz_file file = xbz_file_read("corpus/encode/pairs.txt");
  XBZ_CHECK(xbz_test_pairs((char *)file.bytes) >= 22);
  free(file.bytes);
  return 0;
}
