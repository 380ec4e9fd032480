/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "wire.h"

#include <string.h>

#include "../le.h"

static const uint8_t xbz_wire_magic[8] = {'X', 'B', 'Z', 'M', 'I', 'G', 'R', 0};

void xbz_wire_head_put(uint8_t *dst, xbz_wire_head head) {
  xbz_le_put(dst, 8, head.number);
  dst[8] = head.kind;
  xbz_le_put(dst + 9, 4, head.len);
}

xbz_wire_head xbz_wire_head_get(const uint8_t *src) {
  return (xbz_wire_head){xbz_le_get(src, 8), (uint32_t)xbz_le_get(src + 9, 4),
                         src[8]};
}

void xbz_hello_put(uint8_t *dst, const xbz_hello *hello) {
  memcpy(dst, xbz_wire_magic, 8);
  memcpy(dst + 8, hello->session, XBZ_WIRE_SESSION);
  xbz_le_put(dst + 24, 4, hello->page_len);
  xbz_le_put(dst + 28, 4, hello->can);
  xbz_le_put(dst + 32, 8, hello->pages);
  xbz_le_put(dst + 40, 8, hello->rounds);
}

bool xbz_hello_get(xbz_hello *hello, const uint8_t *src) {
  if (memcmp(src, xbz_wire_magic, 8) != 0)
    return false;
  memcpy(hello->session, src + 8, XBZ_WIRE_SESSION);
  hello->page_len = (uint32_t)xbz_le_get(src + 24, 4);
  hello->can = (uint32_t)xbz_le_get(src + 28, 4);
  hello->pages = xbz_le_get(src + 32, 8);
  hello->rounds = xbz_le_get(src + 40, 8);
  return true;
}

/* Of a record that is about a page. */
static bool xbz_wire_page_ok(xbz_wire_head head, size_t page_len) {
  switch (head.kind) {
  case XBZ_KIND_ZERO:
    return head.len == 0;
  case XBZ_KIND_RAW:
    return head.len == page_len;
  case XBZ_KIND_DELTA:
    return head.len >= 1 && head.len <= page_len;
  case XBZ_WIRE_CHECKED:
    return head.len > XBZ_BASE_LEN && head.len - XBZ_BASE_LEN <= page_len;
  case XBZ_WIRE_PACKED:
    return head.len >= 1 && head.len < page_len;
  default:
    return false;
  }
}

/* By kind, if it is not about one page: the shortest body, and the longest,
   which is a multiple of it. */
static const struct {
  uint32_t min, max;
} xbz_wire_lens[] = {
    [XBZ_WIRE_HELLO] = {XBZ_WIRE_HELLO_LEN, XBZ_WIRE_HELLO_LEN},
    [XBZ_WIRE_WELCOME] = {XBZ_WIRE_HELLO_LEN, XBZ_WIRE_HELLO_LEN},
    [XBZ_WIRE_ROUND] = {0, 0},
    [XBZ_WIRE_ACK] = {0, 0},
    [XBZ_WIRE_DIGESTS] = {XBZ_DIGEST_LEN, XBZ_WIRE_DIGESTS_MAX *XBZ_DIGEST_LEN},
    [XBZ_WIRE_END] = {0, 0},
    [XBZ_WIRE_RESULT] = {0, 0},
    [XBZ_WIRE_COMMIT] = {0, 0},
    [XBZ_WIRE_CANCEL] = {0, 0},
    [XBZ_WIRE_ERROR] = {1, XBZ_WIRE_TEXT_MAX},
};

bool xbz_wire_len_ok(xbz_wire_head head, size_t page_len) {
  uint32_t min = 0;
  if (head.kind < XBZ_WIRE_HELLO || head.kind > XBZ_WIRE_ERROR)
    return page_len > 0 && xbz_wire_page_ok(head, page_len);
  min = xbz_wire_lens[head.kind].min;
  return head.len >= min && head.len <= xbz_wire_lens[head.kind].max &&
         (min == 0 || head.len % min == 0);
}

size_t xbz_wire_body_max(size_t page_len) {
  const size_t page = page_len + XBZ_BASE_LEN;
  const size_t digests = (size_t)XBZ_WIRE_DIGESTS_MAX * XBZ_DIGEST_LEN;
  if (page_len == 0)
    return XBZ_WIRE_TEXT_MAX;
  return page > digests ? page : digests;
}
