/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Records from a link, one after another, in bounded memory. */
#ifndef XBZ_MIGRATE_INBOX_H
#define XBZ_MIGRATE_INBOX_H

#include "link.h"
#include "verdict.h"
#include "wire.h"

typedef struct xbz_inbox {
  xbz_link *link;
  size_t page_len; /* 0: not agreed yet, only records without pages are due */
  uint8_t *bytes;  /* cap of them; those from start to end are not used yet */
  size_t cap, start, end;
} xbz_inbox;

bool xbz_inbox_open(xbz_inbox *inbox, xbz_link *link, xbz_verdict *verdict);
void xbz_inbox_close(xbz_inbox *inbox);

/* From now on there are records about pages of this length. */
bool xbz_inbox_agree(xbz_inbox *inbox, size_t page_len, xbz_verdict *verdict);

/*
 * The next record; its bytes are the inbox's until the call after. It is one of
 * a known kind and of a length that is the kind's [M-3]. false: the link is
 * lost, or something else came (XBZ_END_FAILED).
 */
bool xbz_inbox_next(xbz_inbox *inbox, xbz_wire *record, xbz_verdict *verdict);

/* Whether the peer has sent something that is not read yet. */
bool xbz_inbox_ready(const xbz_inbox *inbox);

/* What a peer says by ERROR or CANCEL. Always false. */
bool xbz_inbox_told(const xbz_wire *record, const char *who,
                    xbz_verdict *verdict);

/* The link failed to send, and *verdict->error says how. Better than that is an
 * ERROR or CANCEL that the peer sent before it hung up [M-38]. Always false. */
bool xbz_inbox_last_words(xbz_inbox *inbox, const char *who,
                          xbz_verdict *verdict);

#endif
