/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What is compared: ways to do a page's work, as data. */
#ifndef XBZ_BENCH_CONTENDER_H
#define XBZ_BENCH_CONTENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/host/error.h"
#include "src/xbz.h"

typedef enum xbz_op {
  XBZ_OP_ENCODE, /* old and new page -> dst */
  XBZ_OP_SEND,   /* live page -> cached page, and the delta to dst */
  XBZ_OP_DECODE, /* packed, onto the page in cached */
  XBZ_OP_COUNT
} xbz_op;

extern const char *const xbz_op_names[XBZ_OP_COUNT];

/* The work on one page. An encoding that does not fit cap bytes is not used:
 * packed is then the page as it is, packed_len == page_len. */
typedef struct xbz_task {
  const uint8_t *old_page, *new_page; /* to encode; equal pages to memcmp */
  const uint8_t *live;                /* to send */
  uint8_t *cached;                    /* what the receiver has */
  const uint8_t *packed;              /* to decode */
  size_t packed_len;
  size_t page_len;
  uint8_t *dst;
  size_t cap; /* of dst, for what is sent: at most page_len */
} xbz_task;

/* What a contender answers when it fails where nothing may fail. */
#define XBZ_WORK_FAILED SIZE_MAX

typedef struct xbz_contender xbz_contender;

/* Do the work; returns the bytes that go to the other side: 0 when the pages
 * are equal and it can say so, page_len when it does not fit. */
typedef size_t xbz_work(const xbz_contender *contender, const xbz_task *task);

typedef enum xbz_contender_kind {
  XBZ_CONTENDER_REFERENCE,
  XBZ_CONTENDER_BACKEND,
  XBZ_CONTENDER_MEMORY,    /* a limit: what the page's bytes cost anyhow */
  XBZ_CONTENDER_COMPRESSOR /* another way to make a page small */
} xbz_contender_kind;

struct xbz_contender {
  const char *name;
  xbz_contender_kind kind;
  xbz_backend backend;          /* of XBZ_CONTENDER_BACKEND */
  void *context;                /* of a compressor */
  xbz_work *work[XBZ_OP_COUNT]; /* null: it does not do that */
};

enum { XBZ_CONTENDER_MAX = 16 };

typedef struct xbz_contenders {
  xbz_contender list[XBZ_CONTENDER_MAX];
  size_t count;
} xbz_contenders;

/* Add the reference, then each backend that this machine can run. */
void xbz_contenders_add_xbz(xbz_contenders *all);

/* Add memcmp and memcpy. */
void xbz_contenders_add_memory(xbz_contenders *all);

/* Add LZ4 and Zstandard; xbz_contenders_free frees what they hold. */
bool xbz_contenders_add_compressors(xbz_contenders *all, xbz_error *error);
void xbz_contenders_free(xbz_contenders *all);

#endif
