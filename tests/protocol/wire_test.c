/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Messages on the wire: the example of spec/PROTOCOL.md, and every rejection
   with its offset [P-2] to [P-8]. */
#include <string.h>

#include "src/xbz.h"
#include "tests/codec/check.h"

enum { XBZ_LEN = 4, XBZ_CAP = 32, XBZ_PAINT = 0xa5, XBZ_BEFORE = 12345 };

static const uint8_t xbz_example[16] = {5, 0, 0, 0, 0, 0, 0, 0,
                                        3, 3, 0, 0, 0, 2, 1, 255};

static void xbz_test_put(void) {
  static const uint8_t bytes[] = {2, 1, 255};
  const xbz_message message = {5, bytes, 3, XBZ_KIND_DELTA};
  uint8_t dst[XBZ_CAP];
  size_t len = XBZ_BEFORE;
  memset(dst, XBZ_PAINT, sizeof dst);
  XBZ_CHECK_EQ(xbz_message_put(dst, 15, &len, &message, XBZ_LEN), XBZ_NO_FIT);
  XBZ_CHECK_EQ(xbz_message_put(NULL, 0, &len, &message, XBZ_LEN), XBZ_NO_FIT);
  XBZ_CHECK_EQ(len, XBZ_BEFORE);
  XBZ_CHECK_EQ(dst[0], XBZ_PAINT);
  XBZ_CHECK_EQ(xbz_message_put(dst, 16, &len, &message, XBZ_LEN), XBZ_OK);
  XBZ_CHECK_EQ(len, sizeof xbz_example);
  XBZ_CHECK_BYTES(dst, xbz_example, sizeof xbz_example);
  XBZ_CHECK_EQ(dst[sizeof xbz_example], XBZ_PAINT);
}

/* What put refuses, and touches nothing. */
static void xbz_test_put_refused(void) {
  static const uint8_t bytes[] = {1, 2, 3, 4};
  static const struct {
    xbz_status status;
    uint8_t kind;
    size_t len, page_len;
  } table[] = {
      {XBZ_E_ARGUMENT, XBZ_KIND_ZERO, 0, 0},
      {XBZ_E_ARGUMENT, XBZ_KIND_ZERO, 0, (size_t)XBZ_PAGE_LEN_MAX + 1},
      {XBZ_E_KIND, XBZ_KIND_NONE, 0, 4},
      {XBZ_E_KIND, 4, 0, 4},
      {XBZ_E_MESSAGE_LEN, XBZ_KIND_ZERO, 1, 4},
      {XBZ_E_MESSAGE_LEN, XBZ_KIND_RAW, 3, 4},
      {XBZ_E_MESSAGE_LEN, XBZ_KIND_DELTA, 0, 4},
      {XBZ_E_MESSAGE_LEN, XBZ_KIND_DELTA, 5, 4},
  };
  uint8_t dst[XBZ_CAP] = {XBZ_PAINT};
  size_t len = XBZ_BEFORE;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    const xbz_message message = {5, bytes, table[i].len, table[i].kind};
    xbz_note(0, "row", i);
    XBZ_CHECK_EQ(
        xbz_message_put(dst, sizeof dst, &len, &message, table[i].page_len),
        table[i].status);
  }
  const xbz_message zero = {5, NULL, 0, XBZ_KIND_ZERO};
  XBZ_CHECK_EQ(xbz_message_put(NULL, 1, &len, &zero, 4), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_message_put(dst, 32, NULL, &zero, 4), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_message_put(dst, 32, &len, NULL, 4), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(len, XBZ_BEFORE);
  XBZ_CHECK_EQ(dst[0], XBZ_PAINT);
}

/* The example behind 2 other bytes, read with one byte of it changed. */
static const struct {
  xbz_status status;
  uint8_t pos;    /* afterwards */
  uint8_t change; /* which byte, */
  uint8_t to;     /* and to what */
  uint8_t len;    /* of the input */
} xbz_got[] = {
    {XBZ_OK, 18, 0, 5, 18},
    {XBZ_OK, 18, 7, 255, 19},
    {XBZ_OK, 16, 9, 1, 18},
    {XBZ_E_MESSAGE_END, 2, 0, 5, 14},
    {XBZ_E_MESSAGE_END, 2, 0, 5, 2},
    {XBZ_E_KIND, 10, 8, 0, 18},
    {XBZ_E_KIND, 10, 8, 4, 18},
    {XBZ_E_KIND, 10, 8, 255, 15},
    {XBZ_E_MESSAGE_LEN, 11, 8, XBZ_KIND_ZERO, 18},
    {XBZ_E_MESSAGE_LEN, 11, 8, XBZ_KIND_RAW, 18},
    {XBZ_E_MESSAGE_LEN, 11, 9, 0, 18},
    {XBZ_E_MESSAGE_LEN, 11, 9, 5, 18},
    {XBZ_E_MESSAGE_LEN, 11, 12, 255, 18},
    {XBZ_E_INPUT_END, 15, 9, 4, 18},
    {XBZ_E_INPUT_END, 15, 0, 5, 17},
};

static void xbz_test_get(void) {
  for (size_t i = 0; i < sizeof xbz_got / sizeof *xbz_got; i++) {
    uint8_t src[XBZ_CAP] = {9, 9};
    xbz_message message = {XBZ_BEFORE, NULL, XBZ_BEFORE, 77};
    size_t pos = XBZ_BEFORE;
    xbz_note(0, "row", i);
    memcpy(src + 2, xbz_example, sizeof xbz_example);
    src[2 + xbz_got[i].change] = xbz_got[i].to;
    XBZ_CHECK_EQ(
        xbz_message_get(&message, &pos, src, xbz_got[i].len, 2, XBZ_LEN),
        xbz_got[i].status);
    XBZ_CHECK_EQ(pos, xbz_got[i].pos);
    XBZ_CHECK((message.kind == 77) == (xbz_got[i].status != XBZ_OK));
    XBZ_CHECK((message.page_no == XBZ_BEFORE) == (xbz_got[i].status != XBZ_OK));
    XBZ_CHECK((message.len == XBZ_BEFORE) == (xbz_got[i].status != XBZ_OK));
    XBZ_CHECK(message.bytes == (xbz_got[i].status == XBZ_OK ? src + 15 : NULL));
  }
}

static void xbz_test_get_arguments(void) {
  xbz_message message = {0, NULL, 0, 0};
  size_t pos = XBZ_BEFORE;
  const uint8_t *src = xbz_example;
  XBZ_CHECK_EQ(xbz_message_get(NULL, &pos, src, 16, 0, 4), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_message_get(&message, NULL, src, 16, 0, 4), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_message_get(&message, &pos, NULL, 1, 0, 4), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_message_get(&message, &pos, src, 16, 17, 4), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(xbz_message_get(&message, &pos, src, 16, 0, 0), XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(
      xbz_message_get(&message, &pos, src, 16, 0, (size_t)XBZ_PAGE_LEN_MAX + 1),
      XBZ_E_ARGUMENT);
  XBZ_CHECK_EQ(pos, XBZ_BEFORE);
  XBZ_CHECK_EQ(xbz_message_get(&message, &pos, NULL, 0, 0, 4),
               XBZ_E_MESSAGE_END);
  XBZ_CHECK_EQ(pos, 0);
}

/* Every byte of a page number and a length has its place. */
static void xbz_test_fields(void) {
  static const uint8_t head[XBZ_MESSAGE_HEAD] = {1, 2, 3, 4, 5, 6, 7,
                                                 8, 2, 9, 8, 7, 6};
  static uint8_t bytes[XBZ_CAP];
  xbz_message message = {0, NULL, 0, 0};
  size_t pos = XBZ_BEFORE;
  memcpy(bytes, head, sizeof head);
  XBZ_CHECK_EQ(
      xbz_message_get(&message, &pos, bytes, sizeof bytes, 0, 0x06070809),
      XBZ_E_INPUT_END);
  bytes[10] = bytes[11] = bytes[12] = 0;
  XBZ_CHECK_EQ(xbz_message_get(&message, &pos, bytes, sizeof bytes, 0, 9),
               XBZ_OK);
  XBZ_CHECK(message.page_no == UINT64_C(0x0807060504030201));
  XBZ_CHECK_EQ(message.len, 9);
  XBZ_CHECK_EQ(message.kind, XBZ_KIND_RAW);
}

int main(void) {
  xbz_test_put();
  xbz_test_put_refused();
  xbz_test_get();
  xbz_test_get_arguments();
  xbz_test_fields();
  return 0;
}
