/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tape.h"

#include <string.h>

static bool xbz_tape_send(void *self, const uint8_t *src, size_t len,
                          xbz_error *error) {
  xbz_tape *tape = self;
  const size_t room = XBZ_TAPE_CAP - tape->heard_len;
  const size_t kept = len < room ? len : room;
  if (tape->sends == 1)
    return xbz_fail(error, "the tape is full");
  if (tape->sends > 1)
    tape->sends--;
  memcpy(tape->heard + tape->heard_len, src, kept);
  tape->heard_len += kept;
  return true;
}

static bool xbz_tape_recv(void *self, uint8_t *dst, size_t cap, size_t *len,
                          xbz_error *error) {
  xbz_tape *tape = self;
  const size_t left = tape->len - tape->at;
  (void)error;
  *len = left < cap ? left : cap;
  if (tape->most > 0 && *len > tape->most)
    *len = tape->most;
  if (*len > 0)
    memcpy(dst, tape->said + tape->at, *len);
  tape->at += *len;
  return true;
}

static bool xbz_tape_ready(void *self) {
  const xbz_tape *tape = self;
  return tape->at < tape->len;
}

static void xbz_tape_close(void *self) { (void)self; }

xbz_link xbz_tape_link(xbz_tape *tape) {
  return (xbz_link){tape, xbz_tape_send, xbz_tape_recv, xbz_tape_ready,
                    xbz_tape_close};
}

xbz_wire xbz_tape_last(const xbz_tape *tape) {
  xbz_wire last = {{0, 0, 0}, NULL};
  size_t at = 0;
  while (tape->heard_len - at >= XBZ_WIRE_HEAD) {
    last.head = xbz_wire_head_get(tape->heard + at);
    last.bytes = tape->heard + at + XBZ_WIRE_HEAD;
    at += XBZ_WIRE_HEAD + last.head.len;
    if (at > tape->heard_len)
      break;
  }
  return last;
}
