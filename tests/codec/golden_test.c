/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The triples that QEMU produced (corpus/golden), byte for byte, both ways. */
#include <string.h>

#include "check.h"
#include "codecs.h"
#include "file.h"
#include "guard.h"

enum { XBZ_TRIPLE_PAGE = 4096, XBZ_TRIPLE_MOST = 2 * XBZ_TRIPLE_PAGE };

typedef struct xbz_triple {
  const uint8_t *old_page;
  const uint8_t *new_page;
  const uint8_t *encoding;
  size_t len;
} xbz_triple;

static xbz_guard xbz_output;
static xbz_guard xbz_page;

/* The triple at *offset, which moves past it. */
static xbz_triple xbz_triple_next(const xbz_file *file, size_t *offset) {
  XBZ_CHECK(file->len - *offset > 2);
  const uint8_t *at = file->bytes + *offset;
  size_t len = (size_t)at[0] << 8 | at[1];
  at += 2;
  for (int name = 0; name < 2; name++) /* of the run, of the RAM block */
    at += 1 + *at;
  at += 8; /* offset in the block */
  xbz_triple triple = {at, at + XBZ_TRIPLE_PAGE, at + XBZ_TRIPLE_MOST, len};
  *offset = (size_t)(triple.encoding + len - file->bytes);
  XBZ_CHECK(*offset <= file->len);
  return triple;
}

/* The same bytes in exactly the room they need; one less does not do. */
static void xbz_try_encode(const xbz_encoder *encoder, xbz_triple triple) {
  uint8_t *dst = xbz_guard_tail(xbz_output, triple.len);
  size_t len = 0;
  xbz_check_subject = encoder->name;
  XBZ_CHECK_EQ(encoder->encode(dst, triple.len, &len, triple.old_page,
                               triple.new_page, XBZ_TRIPLE_PAGE),
               XBZ_OK);
  XBZ_CHECK_EQ(len, triple.len);
  XBZ_CHECK_BYTES(dst, triple.encoding, triple.len);
  XBZ_CHECK_EQ(encoder->encode(dst + 1, triple.len - 1, &len, triple.old_page,
                               triple.new_page, XBZ_TRIPLE_PAGE),
               XBZ_NO_FIT);
}

static void xbz_try_decode(const xbz_decoder *decoder, xbz_triple triple) {
  uint8_t *page = xbz_guard_copy(xbz_page, triple.old_page, XBZ_TRIPLE_PAGE);
  size_t end = 0;
  xbz_check_subject = decoder->name;
  XBZ_CHECK_EQ(
      decoder->decode(page, XBZ_TRIPLE_PAGE, &end, triple.encoding, triple.len),
      XBZ_OK);
  XBZ_CHECK_BYTES(page, triple.new_page, XBZ_TRIPLE_PAGE);
  XBZ_CHECK(end > 0 && triple.old_page[end - 1] != triple.new_page[end - 1]);
  XBZ_CHECK(memcmp(triple.old_page + end, triple.new_page + end,
                   XBZ_TRIPLE_PAGE - end) == 0);
}

/* Every triple of the file; returns how many. */
static size_t xbz_test_triples(const xbz_file *file) {
  XBZ_CHECK(file->len > 12 && memcmp(file->bytes, "XBZT0001", 8) == 0);
  const uint8_t *be = file->bytes + 8;
  size_t count =
      (size_t)be[0] << 24 | (size_t)be[1] << 16 | (size_t)be[2] << 8 | be[3];
  size_t offset = 12;
  for (size_t n = 0; n < count; n++) {
    xbz_triple triple = xbz_triple_next(file, &offset);
    xbz_note(0, "triple", n);
    for (size_t i = 0; i < XBZ_ENCODER_COUNT; i++)
      xbz_try_encode(&xbz_encoders[i], triple);
    for (size_t i = 0; i < XBZ_DECODER_COUNT; i++)
      xbz_try_decode(&xbz_decoders[i], triple);
  }
  XBZ_CHECK_EQ(offset, file->len);
  return count;
}

static size_t xbz_test_file(const char *path) {
  xbz_file file = xbz_file_read(path);
  size_t count = xbz_test_triples(&file);
  printf("%s: %zu triples, all of them byte-identical both ways\n", path,
         count);
  free(file.bytes);
  return count;
}

/* golden_test [FILE...]: further files of triples may be given. */
int main(int argc, char **argv) {
  xbz_output = xbz_guard_make(XBZ_TRIPLE_MOST);
  xbz_page = xbz_guard_make(XBZ_TRIPLE_PAGE);
  XBZ_CHECK_EQ(xbz_test_file("corpus/golden/qemu_triples.xbzt"), 400);
  for (int i = 1; i < argc; i++)
    XBZ_CHECK(xbz_test_file(argv[i]) > 0);
  return 0;
}
