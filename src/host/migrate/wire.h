/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Records on the link: their heads, and the bodies that have fields [M-1]. */
#ifndef XBZ_MIGRATE_WIRE_H
#define XBZ_MIGRATE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../xbz.h"
#include "digest.h"

/* Kinds beyond those of messages [M-2]. */
typedef enum xbz_wire_kind {
  XBZ_WIRE_HELLO = 16,
  XBZ_WIRE_WELCOME = 17,
  XBZ_WIRE_ROUND = 18,
  XBZ_WIRE_ACK = 19,
  XBZ_WIRE_DIGESTS = 20,
  XBZ_WIRE_END = 21,
  XBZ_WIRE_RESULT = 22,
  XBZ_WIRE_COMMIT = 23,
  XBZ_WIRE_CANCEL = 24,
  XBZ_WIRE_ERROR = 25,
  XBZ_WIRE_CHECKED = 26,
  XBZ_WIRE_PACKED = 27
} xbz_wire_kind;

#define XBZ_WIRE_VERSION 1u
#define XBZ_WIRE_HEAD XBZ_MESSAGE_HEAD
#define XBZ_WIRE_HELLO_LEN 48u
#define XBZ_WIRE_TEXT_MAX 512u
#define XBZ_WIRE_DIGESTS_MAX 4096u
#define XBZ_WIRE_SESSION 16u

/* Every round is complete, and the receiver has taken over. */
#define XBZ_WIRE_COMPLETE UINT64_MAX

typedef struct xbz_wire_head {
  uint64_t number;
  uint32_t len;
  uint8_t kind;
} xbz_wire_head;

/* A whole record. */
typedef struct xbz_wire {
  xbz_wire_head head;
  const uint8_t *bytes; /* head.len of them, right behind the head's own */
} xbz_wire;

/* What both may do beyond zero and raw pages [M-5]. */
enum {
  XBZ_CAN_DELTA = 1,
  XBZ_CAN_CHECK = 2, /* deltas name their base */
  XBZ_CAN_PACK = 4   /* raw pages compressed by zstd */
};

/* The body of HELLO and WELCOME. */
typedef struct xbz_hello {
  uint8_t session[XBZ_WIRE_SESSION];
  uint32_t page_len;
  uint32_t can;
  uint64_t pages;
  uint64_t rounds; /* complete ones */
} xbz_hello;

void xbz_wire_head_put(uint8_t *dst, xbz_wire_head head);
xbz_wire_head xbz_wire_head_get(const uint8_t *src);

/* XBZ_WIRE_HELLO_LEN bytes. */
void xbz_hello_put(uint8_t *dst, const xbz_hello *hello);
/* false: there is no magic number, so the peer is something else. */
bool xbz_hello_get(xbz_hello *hello, const uint8_t *src);

/* Whether a record may have this length, for pages of page_len bytes (0: they
 * are not agreed yet); false also for a kind that there is not. */
bool xbz_wire_len_ok(xbz_wire_head head, size_t page_len);

/* No body is longer [M-3]. */
size_t xbz_wire_body_max(size_t page_len);

#endif
