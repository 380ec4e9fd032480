/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "message.h"

#include "bytes.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/wire.acsl"
#endif

xbz_status xbz_message_check(uint8_t kind, size_t len, size_t page_len) {
  if (kind != XBZ_KIND_ZERO && kind != XBZ_KIND_RAW && kind != XBZ_KIND_DELTA)
    return XBZ_E_KIND;
  if (kind == XBZ_KIND_ZERO  ? len != 0
      : kind == XBZ_KIND_RAW ? len != page_len
                             : len < 1 || len > page_len)
    return XBZ_E_MESSAGE_LEN;
  return XBZ_OK;
}

/* Little-endian, by arithmetic: the same machine code, easier proofs. */
/*@ requires room:     at + 4 <= SIZE_MAX;
    requires readable: \valid_read(src + (at .. at + 3));
    assigns  \nothing;
    ensures  value:    \result == Le32(src, at);
*/
static uint32_t xbz_le32_get(const uint8_t *src, size_t at) {
  return src[at] + src[at + 1] * 256u + src[at + 2] * 65536u +
         src[at + 3] * 16777216u;
}

/*@ requires room:     at + 4 <= SIZE_MAX;
    requires writable: \valid(dst + (at .. at + 3));
    assigns  dst[at .. at + 3];
    ensures  value:    Le32(dst, at) == value;
*/
static void xbz_le32_put(uint8_t *dst, size_t at, uint32_t value) {
  dst[at] = (uint8_t)(value % 256u);
  dst[at + 1] = (uint8_t)(value / 256u % 256u);
  dst[at + 2] = (uint8_t)(value / 65536u % 256u);
  dst[at + 3] = (uint8_t)(value / 16777216u);
}

/*@ requires writable: \valid(dst + (0 .. 7));
    assigns  dst[0 .. 7];
    ensures  page:     WirePage(dst, 0) == page_no;
    ensures  others:   UnchangedBut{Pre,Post}(dst, 0, 8);
*/
static void xbz_page_put(uint8_t *dst, uint64_t page_no) {
  xbz_le32_put(dst, 0, (uint32_t)(page_no % 4294967296u));
  xbz_le32_put(dst, 4, (uint32_t)(page_no / 4294967296u));
}

/* Write all of a message but its bytes. */
/*@ requires writable: \valid(dst + (0 .. XBZ_MESSAGE_HEAD - 1));
    requires readable: \valid_read(message) &&
                       message->len <= XBZ_PAGE_LEN_MAX;
    requires disjoint: \separated(dst + (0 .. XBZ_MESSAGE_HEAD - 1), message);
    assigns  dst[0 .. XBZ_MESSAGE_HEAD - 1];
    ensures  head:     HeadAt(dst, 0, message->page_no, message->kind,
                              message->len);
*/
static void xbz_head_put(uint8_t *dst, const xbz_message *message) {
  dst[8] = message->kind;
  xbz_le32_put(dst, 9, (uint32_t)message->len);
  //@ assert kind: WireKind(dst, 0) == message->kind;
  //@ assert len: WireLen(dst, 0) == message->len;
  xbz_page_put(dst, message->page_no);
  //@ assert kind_kept: WireKind(dst, 0) == message->kind;
  //@ assert len_kept: WireLen(dst, 0) == message->len;
}

/* Read the message at src[at..), which is all there. */
/*@ requires room:     at + XBZ_MESSAGE_HEAD <= SIZE_MAX;
    requires readable: \valid_read(src + (at .. at + XBZ_MESSAGE_HEAD - 1));
    requires writable: \valid(message);
    requires disjoint: \separated(message,
                                  src + (at .. at + XBZ_MESSAGE_HEAD - 1));
    assigns  *message;
    ensures  head:     HeadAt{Pre}(src, at, message->page_no, message->kind,
                                   message->len);
    ensures  bytes:    message->bytes == src + at + XBZ_MESSAGE_HEAD;
*/
static void xbz_head_get(xbz_message *message, const uint8_t *src, size_t at) {
  message->page_no =
      xbz_le32_get(src, at) + xbz_le32_get(src, at + 4) * (uint64_t)4294967296u;
  message->len = xbz_le32_get(src, at + 9);
  message->bytes = src + at + XBZ_MESSAGE_HEAD;
  message->kind = src[at + 8];
}

/*@ assigns  \nothing;
    ensures  ready: \result != 0 <==>
                    PutArguments(dst, cap, dst_len, message, page_len);
*/
static int xbz_put_ready(const uint8_t *dst, size_t cap, const size_t *dst_len,
                         const xbz_message *message, size_t page_len) {
  return (dst != NULL || cap == 0) && dst_len != NULL && message != NULL &&
         page_len >= 1 && page_len <= XBZ_PAGE_LEN_MAX;
}

xbz_status xbz_message_put(uint8_t *dst, size_t cap, size_t *dst_len,
                           const xbz_message *message, size_t page_len) {
  xbz_status status;
  if (!xbz_put_ready(dst, cap, dst_len, message, page_len))
    return XBZ_E_ARGUMENT;
  status = xbz_message_check(message->kind, message->len, page_len);
  if (status != XBZ_OK)
    return status;
  if (message->len + XBZ_MESSAGE_HEAD > cap)
    return XBZ_NO_FIT;
  xbz_head_put(dst, message);
  xbz_bytes_copy(dst, XBZ_MESSAGE_HEAD, message->bytes, 0, message->len);
  /*@ assert head: HeadAt(dst, 0, message->page_no, message->kind,
                          message->len); */
  *dst_len = XBZ_MESSAGE_HEAD + message->len;
  return XBZ_OK;
}

/*@ assigns  \nothing;
    ensures  ready: \result != 0 <==>
                    GetArguments(message, pos, src, src_len, at, page_len);
*/
static int xbz_get_ready(const xbz_message *message, const size_t *pos,
                         const uint8_t *src, size_t src_len, size_t at,
                         size_t page_len) {
  return message != NULL && pos != NULL && (src != NULL || src_len == 0) &&
         at <= src_len && page_len >= 1 && page_len <= XBZ_PAGE_LEN_MAX;
}

/* *pos becomes at + offset. */
/*@ requires writable: \valid(pos);
    requires sum:      at + offset <= SIZE_MAX;
    assigns  *pos;
    ensures  pos:      *pos == at + offset && \result == status;
*/
static xbz_status xbz_get_at(size_t *pos, size_t at, size_t offset,
                             xbz_status status) {
  *pos = at + offset;
  return status;
}

/* Look whether there is a message, and where it ends or is at fault. */
/*@ requires start:    at <= src_len && page_len <= XBZ_PAGE_LEN_MAX;
    requires readable: \valid_read(src + (0 .. src_len - 1));
    requires writable: \valid(pos);
    assigns  *pos;
    ensures  status:   \result == GetStatus{Pre}(src, src_len, at, page_len);
    ensures  pos:      *pos == GetPos{Pre}(src, src_len, at, page_len);
*/
static xbz_status xbz_get_look(size_t *pos, const uint8_t *src, size_t src_len,
                               size_t at, size_t page_len) {
  xbz_status status;
  uint32_t len;
  if (src_len - at < XBZ_MESSAGE_HEAD)
    return xbz_get_at(pos, at, 0, XBZ_E_MESSAGE_END);
  len = xbz_le32_get(src, at + 9);
  status = xbz_message_check(src[at + 8], len, page_len);
  if (status == XBZ_E_KIND)
    return xbz_get_at(pos, at, 8, status);
  if (status != XBZ_OK)
    return xbz_get_at(pos, at, 9, status);
  if (len > src_len - at - XBZ_MESSAGE_HEAD)
    return xbz_get_at(pos, at, XBZ_MESSAGE_HEAD, XBZ_E_INPUT_END);
  return xbz_get_at(pos, at, (size_t)XBZ_MESSAGE_HEAD + len, XBZ_OK);
}

xbz_status xbz_message_get(xbz_message *message, size_t *pos,
                           const uint8_t *src, size_t src_len, size_t at,
                           size_t page_len) {
  xbz_status status;
  if (!xbz_get_ready(message, pos, src, src_len, at, page_len))
    return XBZ_E_ARGUMENT;
  status = xbz_get_look(pos, src, src_len, at, page_len);
  if (status == XBZ_OK)
    xbz_head_get(message, src, at);
  //@ assert src: Unchanged{Pre,Here}(src, at, at + XBZ_MESSAGE_HEAD);
  return status;
}
