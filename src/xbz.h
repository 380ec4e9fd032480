/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * xbz: XBZRLE page deltas, with a bounded page cache.
 *
 * Freestanding C99. No function here allocates, keeps global state, or calls
 * anything but other functions of this library: the caller owns all storage.
 * Two calls that share no buffer may run at the same time.
 *
 * The format is specified in spec/FORMAT.md, the cache in spec/CACHE.md, the
 * page protocol in spec/PROTOCOL.md; a rule is cited as [F-n], [C-n] or [P-n].
 */
#ifndef XBZ_H
#define XBZ_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) && !defined(__FRAMAC__)
#define XBZ_MUST_CHECK __attribute__((warn_unused_result))
#else
#define XBZ_MUST_CHECK
#endif

/* Longest page, in bytes. The shortest is 1. */
#define XBZ_PAGE_LEN_MAX 0x7fffffffu

/*
 * What a call answers. Zero: done. Positive: an expected outcome that is not
 * the usual one. Negative: an error, one value a cause. Values never change
 * their meaning.
 */
typedef enum xbz_status {
  XBZ_OK = 0,
  XBZ_UNCHANGED = 1,      /* the pages are equal: there is nothing to send */
  XBZ_NO_FIT = 2,         /* the canonical encoding exceeds the capacity */
  XBZ_MISS = 3,           /* the cache does not hold the page */
  XBZ_REFUSED = 4,        /* the cache keeps the pages it has */
  XBZ_E_ARGUMENT = -1,    /* null pointer, or a length out of range */
  XBZ_E_TRUNCATED = -2,   /* the input ends in a length, or where one is due */
  XBZ_E_LENGTH = -3,      /* a length of more than 5 bytes, or above 2^32-1 */
  XBZ_E_ZERO_RUN = -4,    /* a zero-length run where none may be */
  XBZ_E_PAGE_END = -5,    /* a run leaves the page */
  XBZ_E_INPUT_END = -6,   /* the bytes of a run or message leave the input */
  XBZ_E_KIND = -7,        /* a message of a kind that there is not */
  XBZ_E_MESSAGE_LEN = -8, /* a message whose length its kind cannot have */
  XBZ_E_MESSAGE_END = -9  /* the input ends in the fields of a message */
} xbz_status;

#ifdef __FRAMAC__
#include "../spec/logic/decode.acsl"
#include "../spec/logic/encode.acsl"
#endif

/*
 * Encode the delta old_page -> new_page into dst[0..cap): by the best backend
 * that every machine of the compiler's target can run, as xbz_page_decode and
 * xbz_page_encode_update do. To choose another, see xbz_backend.h.
 *
 *   XBZ_OK          dst[0..*dst_len) is the canonical encoding [F-20]; later
 *                   bytes of dst are unspecified.
 *   XBZ_UNCHANGED   the pages are equal; dst and *dst_len are untouched.
 *   XBZ_NO_FIT      the canonical encoding is longer than cap; dst is
 *                   unspecified, *dst_len untouched.
 *   XBZ_E_ARGUMENT  page_len is not in 1..XBZ_PAGE_LEN_MAX, or a pointer is
 *                   null (dst may be, when cap is 0); nothing is touched.
 *
 * dst and dst_len must not overlap each other or the pages.
 */
/*@ requires memory:    EncodeArguments(dst, cap, dst_len, old_page, new_page,
                                        page_len) ==>
                        EncodeMemory(dst, cap, dst_len, old_page, new_page,
                                     page_len);
    assigns  dst[0 .. cap - 1], *dst_len;
    ensures  argument:  \result == XBZ_E_ARGUMENT <==>
                        !EncodeArguments(dst, cap, dst_len, old_page, new_page,
                                         page_len);
    ensures  status:    \result == XBZ_E_ARGUMENT ||
                        \result == EncodeStatus{Pre}(cap, old_page, new_page,
                                                     page_len);
    ensures  unchanged: \result == XBZ_UNCHANGED ==>
                        AllSame{Pre}(old_page, new_page, 0, page_len);
    ensures  canonical: \result == XBZ_OK ==>
                        0 < *dst_len <= cap &&
                        Canonical{Pre,Post}(old_page, new_page, page_len, 0,
                                            dst, 0, *dst_len);
    ensures  len_kept:  \result != XBZ_OK ==> *dst_len == \old(*dst_len);
    ensures  dst_kept:  \result == XBZ_UNCHANGED ||
                        \result == XBZ_E_ARGUMENT ==>
                        Unchanged{Pre,Post}(dst, 0, cap);
*/
XBZ_MUST_CHECK xbz_status xbz_page_encode(uint8_t *dst, size_t cap,
                                          size_t *dst_len,
                                          const uint8_t *old_page,
                                          const uint8_t *new_page,
                                          size_t page_len);

/* The same, by the reference implementation: one byte at a time. */
#ifdef __FRAMAC__
#include "../spec/logic/contract_encode.acsl"
#endif
XBZ_MUST_CHECK xbz_status xbz_page_encode_ref(uint8_t *dst, size_t cap,
                                              size_t *dst_len,
                                              const uint8_t *old_page,
                                              const uint8_t *new_page,
                                              size_t page_len);

/*
 * Apply the delta src[0..src_len) to page[0..page_len) in place.
 *
 *   XBZ_OK      the changed bytes are in page, every other byte of it is as it
 *               was, and *end is the position after the last changed byte (0
 *               when src is empty).
 *   negative    src is not well-formed [F-10], or an argument is wrong; page
 *               and *end are untouched.
 *
 * page, end and src must not overlap. src may be null when src_len is 0.
 */
/*@ requires memory:    DecodeArguments(page, page_len, end, src, src_len) ==>
                        DecodeMemory(page, page_len, end, src, src_len);
    assigns  page[0 .. page_len - 1], *end;
    ensures  argument:  \result == XBZ_E_ARGUMENT <==>
                        !DecodeArguments(page, page_len, end, src, src_len);
    ensures  status:    \result == XBZ_E_ARGUMENT ||
                        \result == DecodeStatus{Pre}(src, src_len, page_len);
    ensures  any_base:  \result == XBZ_OK ==>
                        Applied{Pre,Post}(page, page_len, src, src_len);
    ensures  end:       \result == XBZ_OK ==>
                        *end == Parse{Pre}(src, src_len, 0, 0, page_len);
    ensures  atomic:    \result != XBZ_OK ==> *end == \old(*end) &&
                        Unchanged{Pre,Post}(page, 0, page_len);
*/
XBZ_MUST_CHECK xbz_status xbz_page_decode(uint8_t *page, size_t page_len,
                                          size_t *end, const uint8_t *src,
                                          size_t src_len);

/* The same, by the reference implementation: one byte at a time. */
#ifdef __FRAMAC__
#include "../spec/logic/contract_decode.acsl"
#endif
XBZ_MUST_CHECK xbz_status xbz_page_decode_ref(uint8_t *page, size_t page_len,
                                              size_t *end, const uint8_t *src,
                                              size_t src_len);

/*
 * Encode the delta page -> live into dst[0..cap), as xbz_page_encode does, make
 * page a copy of live, and *zero whether all of it is 0: whatever the status,
 * except XBZ_E_ARGUMENT, by which nothing is touched. For a sender whose page
 * is what it sent last.
 *
 * What becomes of a byte of live is decided by one reading of it: where a guest
 * writes on, page, encoding and *zero agree on what was read. The reference
 * alone decides by more than one, so there nobody may write it meanwhile.
 *
 * page and zero must not overlap anything either.
 */
/*@ requires memory:    UpdateArguments(dst, cap, dst_len, zero, page, live,
                                        page_len) ==>
                        UpdateMemory(dst, cap, dst_len, zero, page, live,
                                     page_len);
    assigns  dst[0 .. cap - 1], *dst_len, *zero, page[0 .. page_len - 1];
    ensures  argument:  \result == XBZ_E_ARGUMENT <==>
                        !UpdateArguments(dst, cap, dst_len, zero, page, live,
                                         page_len);
    ensures  status:    \result == XBZ_E_ARGUMENT ||
                        \result == EncodeStatus{Pre}(cap, page, live,
                                                     page_len);
    ensures  unchanged: \result == XBZ_UNCHANGED ==>
                        AllSame{Pre}(page, live, 0, page_len);
    ensures  canonical: \result == XBZ_OK ==>
                        0 < *dst_len <= cap &&
                        Canonical{Pre,Post}(page, live, page_len, 0, dst, 0,
                                            *dst_len);
    ensures  snapshot:  \result != XBZ_E_ARGUMENT ==>
                        Copied{Pre,Post}(page, 0, live, 0, page_len);
    ensures  zero:      \result != XBZ_E_ARGUMENT ==>
                        (*zero != 0 <==> AllZero{Pre}(live, 0, page_len));
    ensures  page_kept: \result == XBZ_E_ARGUMENT ==>
                        Unchanged{Pre,Post}(page, 0, page_len);
    ensures  zero_kept: \result == XBZ_E_ARGUMENT ==> *zero == \old(*zero);
    ensures  len_kept:  \result != XBZ_OK ==> *dst_len == \old(*dst_len);
    ensures  dst_kept:  \result == XBZ_UNCHANGED ||
                        \result == XBZ_E_ARGUMENT ==>
                        Unchanged{Pre,Post}(dst, 0, cap);
*/
XBZ_MUST_CHECK xbz_status xbz_page_encode_update(uint8_t *dst, size_t cap,
                                                 size_t *dst_len, int *zero,
                                                 uint8_t *page,
                                                 const uint8_t *live,
                                                 size_t page_len);

/* The same, by the reference implementation. */
#ifdef __FRAMAC__
#include "../spec/logic/contract_update.acsl"
#endif
XBZ_MUST_CHECK xbz_status xbz_page_encode_update_ref(uint8_t *dst, size_t cap,
                                                     size_t *dst_len, int *zero,
                                                     uint8_t *page,
                                                     const uint8_t *live,
                                                     size_t page_len);

/*
 * The page cache: the pages the sender last transmitted, at most sets * ways
 * of them, each with the generation of its last use.
 *
 * The caller supplies the storage and must not touch it while the cache uses
 * it. A function that takes a cache wants one that xbz_cache_init accepted,
 * and pointers that are not null and overlap neither it nor each other.
 */

/* Most ways (slots of one set), and the lifetime that QEMU uses [C-6]. */
#define XBZ_CACHE_WAYS_MAX 8u
#define XBZ_CACHE_LIFETIME 2u

/* Longest array of the storage, in bytes: a resize needs two side by side. */
#define XBZ_CACHE_ARRAY_MAX (SIZE_MAX / 4)

/* One slot; its fields are the cache's own. */
typedef struct xbz_cache_entry {
  uint64_t page_no;
  uint64_t age; /* the generation of the last use */
  int used;     /* 0: the slot is free; 1: it holds a page */
} xbz_cache_entry;

/* Read-only for the caller. */
typedef struct xbz_cache {
  xbz_cache_entry *entries; /* slots */
  uint8_t *bytes;           /* slots * page_len */
  uint32_t sets;
  uint32_t ways;
  uint32_t slots; /* sets * ways */
  uint32_t page_len;
  uint32_t lifetime;
} xbz_cache;

/* What a resize does with the pages. */
typedef enum xbz_cache_keep {
  XBZ_CACHE_DROP = 0,
  XBZ_CACHE_KEEP = 1
} xbz_cache_keep;

#ifdef __FRAMAC__
#include "../spec/logic/cache.acsl"
#endif

/*
 * The storage of a cache [C-2]: *slots entries, *bytes_len bytes for pages.
 *
 *   XBZ_E_ARGUMENT  sets is not a power of two, ways not in
 *                   1..XBZ_CACHE_WAYS_MAX, page_len not in
 *                   1..XBZ_PAGE_LEN_MAX, more than 2^32-1 slots, or an array
 *                   of more than XBZ_CACHE_ARRAY_MAX bytes; nothing is
 *                   touched.
 */
/*@ requires writable:  \valid(slots) && \valid(bytes_len);
    requires disjoint:  \separated(slots, bytes_len);
    assigns  *slots, *bytes_len;
    ensures  status:    \result == XBZ_OK || \result == XBZ_E_ARGUMENT;
    ensures  accepted:  \result == XBZ_OK <==>
                          CacheShape(sets, ways, Cells(sets, ways), page_len);
    ensures  slots:     \result == XBZ_OK ==> *slots == Cells(sets, ways);
    ensures  bytes:     \result == XBZ_OK ==>
                          *bytes_len == Cells(Cells(sets, ways), page_len);
    ensures  untouched: \result != XBZ_OK ==>
                          *slots == \old(*slots) &&
                          *bytes_len == \old(*bytes_len);
*/
XBZ_MUST_CHECK xbz_status xbz_cache_storage_size(size_t *slots,
                                                 size_t *bytes_len,
                                                 uint32_t sets, uint32_t ways,
                                                 uint32_t page_len);

/*
 * Make *cache an empty cache of this shape over this storage [C-2].
 *
 *   XBZ_E_ARGUMENT  what xbz_cache_storage_size refuses, or null storage;
 *                   nothing is touched.
 */
/*@ requires writable:  \valid(cache);
    requires storage:   CacheAccepts(entries, bytes, sets, ways, page_len) ==>
                          CacheStorage(cache, entries, bytes, Cells(sets, ways),
                                       page_len);
    assigns  *cache, entries[0 .. Cells(sets, ways) - 1];
    ensures  status:    \result == XBZ_OK || \result == XBZ_E_ARGUMENT;
    ensures  accepted:  \result == XBZ_OK <==>
                          CacheAccepts(entries, bytes, sets, ways, page_len);
    ensures  made:      \result == XBZ_OK ==>
                          CacheMade(cache, entries, bytes, sets, ways,
                                    page_len, lifetime);
    ensures  wf:        \result == XBZ_OK ==> CacheWf(cache);
    ensures  empty:     \result == XBZ_OK ==> CacheEmpty(cache);
    ensures  untouched: \result != XBZ_OK ==> *cache == \old(*cache) &&
                          EntriesSame{Pre,Post}(entries, 0, Cells(sets, ways));
*/
XBZ_MUST_CHECK xbz_status xbz_cache_init(xbz_cache *cache,
                                         xbz_cache_entry *entries,
                                         uint8_t *bytes, uint32_t sets,
                                         uint32_t ways, uint32_t page_len,
                                         uint32_t lifetime);

/*
 * Find a page, at generation now [C-7].
 *
 *   XBZ_OK    *slot holds the page, whose age becomes now.
 *   XBZ_MISS  no slot does; nothing is touched.
 */
/*@ requires wf:        CacheWf(cache);
    requires writable:  \valid(slot);
    requires disjoint:  CacheApart(cache, slot);
    assigns  *slot, cache->entries[0 .. CacheSlots(cache) - 1].age;
    ensures  wf:        CacheWf(cache);
    ensures  status:    \result == XBZ_OK || \result == XBZ_MISS;
    ensures  miss:      \result == XBZ_MISS <==>
                          CacheAbsent{Pre}(cache, page_no);
    ensures  hit:       \result == XBZ_OK ==>
                          CacheHolds{Pre}(cache, \at(*slot, Post), page_no) &&
                          CacheEntry(cache, *slot, page_no, now);
    ensures  others:    \result == XBZ_OK ==>
                          CacheOtherEntries{Pre,Post}(cache, *slot);
    ensures  untouched: \result == XBZ_MISS ==> *slot == \old(*slot) &&
                          CacheUntouched{Pre,Post}(cache);
*/
XBZ_MUST_CHECK xbz_status xbz_cache_lookup(xbz_cache *cache, size_t *slot,
                                           uint64_t page_no, uint64_t now);

/*
 * The bytes of a slot that a lookup or an insertion answered: page_len of
 * them, valid until the slot changes hands. The caller may write them, which
 * is how a hit's page becomes the page just sent.
 */
/*@ requires wf:        CacheWf(cache);
    requires slot:      slot < CacheSlots(cache);
    assigns  \result \from cache->bytes, cache->page_len, slot;
    ensures  bytes:     \result == cache->bytes + CacheStart(cache, slot);
    ensures  writable:  \valid(\result + (0 .. cache->page_len - 1));
*/
uint8_t *xbz_cache_page(const xbz_cache *cache, size_t slot);

/*
 * Keep a copy of page[0..page_len) at generation now [C-8].
 *
 *   XBZ_OK       *slot holds the page, with age now.
 *   XBZ_REFUSED  every slot it may have holds another page, used within the
 *                lifetime; nothing is touched.
 */
/*@ requires wf:        CacheWf(cache);
    requires writable:  \valid(slot);
    requires source:    CacheSource(cache, page, 0);
    requires disjoint:  CacheApart(cache, slot) &&
                        \separated(slot, page + (0 .. cache->page_len - 1));
    assigns  *slot, cache->entries[0 .. CacheSlots(cache) - 1],
             cache->bytes[0 .. CacheLen(cache) - 1];
    ensures  wf:        CacheWf(cache);
    ensures  status:    \result == XBZ_OK || \result == XBZ_REFUSED;
    ensures  refused:   \result == XBZ_REFUSED <==>
                          CacheRefuses{Pre}(cache, page_no, now);
    ensures  taken:     \result == XBZ_OK ==>
                          CacheTakes{Pre}(cache, page_no, now,
                                          \at(*slot, Post));
    ensures  entry:     \result == XBZ_OK ==>
                          CacheEntry(cache, *slot, page_no, now);
    ensures  bytes:     \result == XBZ_OK ==>
                          CacheCopied{Pre,Post}(cache, *slot, page, 0);
    ensures  others:    \result == XBZ_OK ==>
                          CacheOthers{Pre,Post}(cache, *slot);
    ensures  untouched: \result == XBZ_REFUSED ==> *slot == \old(*slot) &&
                          CacheUntouched{Pre,Post}(cache);
*/
XBZ_MUST_CHECK xbz_status xbz_cache_insert(xbz_cache *cache, size_t *slot,
                                           uint64_t page_no,
                                           const uint8_t *page, uint64_t now);

/*
 * Overwrite the bytes of a page; its age stays [C-9].
 *
 *   XBZ_MISS  the cache does not hold it; nothing is touched.
 */
/*@ requires wf:        CacheWf(cache);
    requires source:    CacheSource(cache, page, 0);
    assigns  cache->bytes[0 .. CacheLen(cache) - 1];
    ensures  wf:        CacheWf(cache);
    ensures  status:    \result == XBZ_OK || \result == XBZ_MISS;
    ensures  miss:      \result == XBZ_MISS <==>
                          CacheAbsent(cache, page_no);
    ensures  bytes:     \result == XBZ_OK ==>
                          CacheUpdated{Pre,Post}(cache, page_no, page);
    ensures  untouched: \result == XBZ_MISS ==>
                          CacheUntouched{Pre,Post}(cache);
*/
XBZ_MUST_CHECK xbz_status xbz_cache_update(xbz_cache *cache, uint64_t page_no,
                                           const uint8_t *page);

/*
 * Forget one page [C-10].
 *
 *   XBZ_MISS  the cache does not hold it; nothing is touched.
 */
/*@ requires wf:        CacheWf(cache);
    assigns  cache->entries[0 .. CacheSlots(cache) - 1].used;
    ensures  wf:        CacheWf(cache);
    ensures  status:    \result == XBZ_OK || \result == XBZ_MISS;
    ensures  miss:      \result == XBZ_MISS <==>
                          CacheAbsent{Pre}(cache, page_no);
    ensures  absent:    CacheAbsent(cache, page_no);
    ensures  others:    CacheOtherPages{Pre,Post}(cache, page_no);
*/
XBZ_MUST_CHECK xbz_status xbz_cache_invalidate(xbz_cache *cache,
                                               uint64_t page_no);

/* Forget every page [C-11]. The bytes are not wiped. */
/*@ requires wf:        CacheWf(cache);
    assigns  cache->entries[0 .. CacheSlots(cache) - 1].used;
    ensures  wf:        CacheWf(cache);
    ensures  empty:     CacheEmpty(cache);
*/
void xbz_cache_clear(xbz_cache *cache);

/*
 * Move the cache to a new shape and new storage, page length and lifetime
 * unchanged [C-12]. With XBZ_CACHE_KEEP each new set ends with the newest of
 * the pages it may hold, ages unchanged; with XBZ_CACHE_DROP the cache is
 * empty. The old storage is the caller's again.
 *
 *   XBZ_E_ARGUMENT  what xbz_cache_init refuses; nothing is touched.
 */
/*@ requires wf:        CacheWf(cache);
    requires storage:   CacheAccepts(entries, bytes, sets, ways,
                                     cache->page_len) ==>
                          CacheStorage(cache, entries, bytes, Cells(sets, ways),
                                       cache->page_len) &&
                          CacheStorageApart(cache, entries, bytes,
                                            Cells(sets, ways));
    assigns  *cache, entries[0 .. Cells(sets, ways) - 1],
             bytes[0 .. Cells(Cells(sets, ways), cache->page_len) - 1];
    ensures  wf:        CacheWf(cache);
    ensures  status:    \result == XBZ_OK || \result == XBZ_E_ARGUMENT;
    ensures  accepted:  \result == XBZ_OK <==>
                          CacheAccepts(entries, bytes, sets, ways,
                                       \old(cache->page_len));
    ensures  made:      \result == XBZ_OK ==>
                          CacheMade(cache, entries, bytes, sets, ways,
                                    \old(cache->page_len),
                                    \old(cache->lifetime));
    ensures  dropped:   \result == XBZ_OK && keep != XBZ_CACHE_KEEP ==>
                          CacheEmpty(cache);
    ensures  known:     \result == XBZ_OK && keep == XBZ_CACHE_KEEP ==>
                          CacheKnown{Pre,Post}(cache, \old(cache->entries),
                                               \old(cache->slots));
    ensures  aged:      \result == XBZ_OK && keep == XBZ_CACHE_KEEP ==>
                          CacheAged{Pre,Post}(cache, \old(cache->entries),
                                              \old(cache->slots));
    ensures  alike:     \result == XBZ_OK && keep == XBZ_CACHE_KEEP ==>
                          CacheAlike{Pre,Post}(cache, \old(cache->entries),
                                               \old(cache->bytes),
                                               \old(cache->slots));
    ensures  newest:    \result == XBZ_OK && keep == XBZ_CACHE_KEEP ==>
                          CacheNewest{Pre,Post}(cache, \old(cache->entries),
                                                \old(cache->slots));
    ensures  untouched: \result != XBZ_OK ==> *cache == \old(*cache) &&
                          EntriesSame{Pre,Post}(entries, 0,
                                                Cells(sets, ways)) &&
                          Unchanged{Pre,Post}(bytes, 0,
                                              Cells(Cells(sets, ways),
                                                    cache->page_len));
*/
XBZ_MUST_CHECK xbz_status xbz_cache_resize(xbz_cache *cache,
                                           xbz_cache_entry *entries,
                                           uint8_t *bytes, uint32_t sets,
                                           uint32_t ways, xbz_cache_keep keep);

/*
 * The page protocol: a sender makes of each page the message that makes the
 * receiver's page the same, and keeps its cache in step with the receiver.
 */

/* Kinds of messages [P-1]; NONE is never transmitted. */
typedef enum xbz_kind {
  XBZ_KIND_NONE = 0,
  XBZ_KIND_ZERO = 1,
  XBZ_KIND_RAW = 2,
  XBZ_KIND_DELTA = 3
} xbz_kind;

/* Bytes of a message on the wire before its own [P-2]. */
#define XBZ_MESSAGE_HEAD 13u

/* One message. Its bytes belong to whoever made it [P-26]. */
typedef struct xbz_message {
  uint64_t page_no;
  const uint8_t *bytes;
  size_t len;   /* of the bytes */
  uint8_t kind; /* an xbz_kind */
} xbz_message;

/* What the step made of a page [P-25]. */
typedef enum xbz_event {
  XBZ_EVENT_ZERO = 0,
  XBZ_EVENT_UNCHANGED = 1,
  XBZ_EVENT_DELTA = 2,
  XBZ_EVENT_OVERFLOW = 3,
  XBZ_EVENT_BULK = 4,
  XBZ_EVENT_INSERTED = 5,
  XBZ_EVENT_MISSED = 6
} xbz_event;

/* What became of a page, and the message that tells it. */
typedef struct xbz_sent {
  xbz_event event;
  xbz_message message;
} xbz_sent;

/* Where a session is [P-23]. */
typedef enum xbz_phase {
  XBZ_PHASE_BULK = 0,
  XBZ_PHASE_ROUND = 1,
  XBZ_PHASE_LAST = 2
} xbz_phase;

/* What a session did so far [P-27]; each stays at 2^64-1 once there. */
typedef struct xbz_counters {
  uint64_t zero;     /* pages sent as zero */
  uint64_t normal;   /* pages sent raw */
  uint64_t pages;    /* pages found in the cache */
  uint64_t bytes;    /* what these cost, as QEMU counts */
  uint64_t miss;     /* pages not found in it */
  uint64_t overflow; /* pages found whose encoding is too long */
} xbz_counters;

/*
 * The codec's implementations. All give the same results; they differ in speed
 * and in the instructions they need. The functions that end in _ref are the
 * reference. The others meet the same contracts, given their leaves: a few
 * lines per instruction set, of which proofs/SOUNDNESS.md says which are
 * proved. xbz_page_encode and its like need no choice: they are SSE2 on x86-64,
 * NEON on 64-bit Arm, and else portable. To use the fastest one of the machine,
 * ask xbz_backend_detect once, keep its answer, and pass it to the functions
 * that end in _with.
 */
typedef enum xbz_backend {
  XBZ_BACKEND_REF = 0,      /* "ref": one byte at a time */
  XBZ_BACKEND_PORTABLE = 1, /* "portable": 8 bytes at a time, in C99 */
  XBZ_BACKEND_SSE2 = 2,     /* "sse2": any x86-64 */
  XBZ_BACKEND_AVX2 = 3,     /* "avx2": x86-64 with AVX2, BMI and POPCNT */
  XBZ_BACKEND_AVX512BW = 4, /* "avx512bw": with AVX-512 BW and VL as well */
  XBZ_BACKEND_NEON = 5      /* "neon": any 64-bit Arm */
} xbz_backend;

/* Read-only for the caller. */
typedef struct xbz_sender {
  xbz_cache *cache;
  uint8_t *snapshot; /* page_len, as the cache has it; for a page not held */
  uint8_t *delta;    /* the same */
  uint64_t generation;
  xbz_counters counters;
  xbz_phase phase;
  xbz_backend backend; /* by which deltas are made */
} xbz_sender;

#ifdef __FRAMAC__
#include "../spec/logic/protocol.acsl"
#endif

/*
 * Write a message for pages of page_len bytes to dst[0..cap) [P-2].
 *
 *   XBZ_OK             dst[0..*dst_len) is the message.
 *   XBZ_NO_FIT         it is longer than cap.
 *   XBZ_E_ARGUMENT     a pointer is null (dst may be, when cap is 0), or
 *                      page_len is not in 1..XBZ_PAGE_LEN_MAX.
 *   XBZ_E_KIND, XBZ_E_MESSAGE_LEN  it is none that may be sent [P-1].
 *
 * Unless the answer is XBZ_OK nothing is touched. dst and dst_len must not
 * overlap each other, the message or its bytes.
 */
/*@ requires memory:    PutArguments(dst, cap, dst_len, message, page_len) ==>
                        PutMemory(dst, cap, dst_len, message);
    assigns  dst[0 .. cap - 1], *dst_len;
    ensures  argument:  \result == XBZ_E_ARGUMENT <==>
                        !PutArguments(dst, cap, dst_len, message, page_len);
    ensures  status:    \result == XBZ_E_ARGUMENT ||
                        \result == PutStatus(cap, message->kind, message->len,
                                             page_len);
    ensures  len:       \result == XBZ_OK ==>
                        *dst_len == XBZ_MESSAGE_HEAD + message->len;
    ensures  wire:      \result == XBZ_OK ==> MessageAt(message, dst, 0);
    ensures  untouched: \result != XBZ_OK ==> *dst_len == \old(*dst_len) &&
                        Unchanged{Pre,Post}(dst, 0, cap);
*/
XBZ_MUST_CHECK xbz_status xbz_message_put(uint8_t *dst, size_t cap,
                                          size_t *dst_len,
                                          const xbz_message *message,
                                          size_t page_len);

/*
 * Read the message at src[at..src_len) for pages of page_len bytes [P-3].
 *
 *   XBZ_OK             *message is the message, its bytes lie in src, and
 *                      *pos is the offset after it.
 *   XBZ_E_ARGUMENT     a pointer is null (src may be, when src_len is 0),
 *                      page_len is not in 1..XBZ_PAGE_LEN_MAX, or at is above
 *                      src_len; *pos is untouched.
 *   other negative     one of [P-4] to [P-7]; *pos is the offset at fault.
 *
 * Unless the answer is XBZ_OK *message is untouched.
 */
/*@ requires memory:    GetArguments(message, pos, src, src_len, at,
                                     page_len) ==>
                        GetMemory(message, pos, src, src_len);
    assigns  *message, *pos;
    ensures  argument:  \result == XBZ_E_ARGUMENT <==>
                        !GetArguments(message, pos, src, src_len, at,
                                      page_len);
    ensures  status:    \result == XBZ_E_ARGUMENT ||
                        \result == GetStatus{Pre}(src, src_len, at, page_len);
    ensures  pos:       \result == XBZ_E_ARGUMENT ||
                        *pos == GetPos{Pre}(src, src_len, at, page_len);
    ensures  wire:      \result == XBZ_OK ==> MessageAt(message, src, at) &&
                        message->bytes == src + at + XBZ_MESSAGE_HEAD;
    ensures  untouched: \result != XBZ_OK ==> *message == \old(*message);
    ensures  pos_kept:  \result == XBZ_E_ARGUMENT ==> *pos == \old(*pos);
*/
XBZ_MUST_CHECK xbz_status xbz_message_get(xbz_message *message, size_t *pos,
                                          const uint8_t *src, size_t src_len,
                                          size_t at, size_t page_len);

/*
 * Apply one message to page[0..page_len), in place [P-10].
 *
 *   XBZ_OK             the page is what the message says.
 *   XBZ_E_ARGUMENT     page_len is not in 1..XBZ_PAGE_LEN_MAX, or a pointer is
 *                      null (bytes may be, when len is 0).
 *   XBZ_E_KIND         kind is not ZERO, RAW or DELTA [P-5].
 *   XBZ_E_MESSAGE_LEN  len is not one of the kind [P-6].
 *   other negative     the delta is not well-formed [F-10].
 *
 * After an error the page is untouched [P-11]. page and bytes must not overlap.
 */
/*@ requires memory:    ReceiverArguments(page, page_len, bytes, len) ==>
                        ReceiverMemory(page, page_len, bytes, len);
    assigns  page[0 .. page_len - 1];
    ensures  argument:  \result == XBZ_E_ARGUMENT <==>
                        !ReceiverArguments(page, page_len, bytes, len);
    ensures  status:    \result == XBZ_E_ARGUMENT ||
                        \result == ReceiverStatus{Pre}(kind, bytes, len,
                                                       page_len);
    ensures  zero:      \result == XBZ_OK && kind == XBZ_KIND_ZERO ==>
                        AllZero(page, 0, page_len);
    ensures  raw:       \result == XBZ_OK && kind == XBZ_KIND_RAW ==>
                        Copied{Pre,Post}(page, 0, bytes, 0, page_len);
    ensures  delta:     \result == XBZ_OK && kind == XBZ_KIND_DELTA ==>
                        Applied{Pre,Post}(page, page_len, bytes, len);
    ensures  atomic:    \result != XBZ_OK ==>
                        Unchanged{Pre,Post}(page, 0, page_len);
*/
XBZ_MUST_CHECK xbz_status xbz_receiver_apply(uint8_t *page, size_t page_len,
                                             uint8_t kind, const uint8_t *bytes,
                                             size_t len);

/*
 * Make *sender a sender over this cache, at the beginning of a session [P-20],
 * [P-21]. snapshot and delta are the page_len bytes each that it works in. From
 * now on the cache is the sender's: change it by calls of xbz_sender_... alone.
 *
 *   XBZ_E_ARGUMENT  snapshot or delta is null; nothing is touched.
 *
 * Every other function of a sender wants one that this has accepted, pointers
 * that are not null, and no overlap of anything that it is given.
 */
/*@ requires writable:  \valid(sender);
    requires cache:     CacheWf(cache);
    requires storage:   snapshot != \null && delta != \null ==>
                        SenderStorage(sender, cache, snapshot, delta);
    assigns  *sender, cache->entries[0 .. CacheSlots(cache) - 1].used;
    ensures  status:    \result == (snapshot != \null && delta != \null ?
                                    XBZ_OK : XBZ_E_ARGUMENT);
    ensures  made:      \result == XBZ_OK ==> sender->cache == cache &&
                        sender->snapshot == snapshot && sender->delta == delta;
    ensures  wf:        \result == XBZ_OK ==> SenderWf(sender);
    ensures  begun:     \result == XBZ_OK ==> SenderBegun(sender) &&
                        sender->backend == XBZ_BACKEND_REF;
    ensures  untouched: \result != XBZ_OK ==> *sender == \old(*sender) &&
                        CacheUntouched{Pre,Post}(cache);
*/
XBZ_MUST_CHECK xbz_status xbz_sender_init(xbz_sender *sender, xbz_cache *cache,
                                          uint8_t *snapshot, uint8_t *delta);

/* Begin a session, or begin anew after a cancelled or failed one [P-21]. */
/*@ requires wf:        SenderWf(sender);
    assigns  sender->generation, sender->counters, sender->phase,
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used;
    ensures  wf:        SenderWf(sender);
    ensures  begun:     SenderBegun(sender);
*/
void xbz_sender_begin(xbz_sender *sender);

/* The dirty bitmap was synchronised: the next generation [P-22]. */
/*@ requires wf:        SenderWf(sender);
    assigns  sender->generation;
    ensures  wf:        SenderWf(sender);
    ensures  next:      sender->generation ==
                        Count(\old(sender->generation), 1);
*/
void xbz_sender_sync(xbz_sender *sender);

/* Make deltas by that backend from now on, which must be usable; until then it
 * is XBZ_BACKEND_REF. Messages are the same by all of them. */
/*@ requires wf:        SenderWf(sender);
    assigns  sender->backend;
    ensures  wf:        SenderWf(sender);
    ensures  backend:   sender->backend == backend;
*/
void xbz_sender_use(xbz_sender *sender, xbz_backend backend);

/* Use the cache from now on: the bulk round is over [P-23]. */
/*@ requires wf:        SenderWf(sender);
    assigns  sender->phase;
    ensures  wf:        SenderWf(sender);
    ensures  phase:     sender->phase == XBZ_PHASE_ROUND;
*/
void xbz_sender_enable(xbz_sender *sender);

/* The last round begins: admit no page that is new to the cache [P-23]. */
/*@ requires wf:        SenderWf(sender);
    assigns  sender->phase;
    ensures  wf:        SenderWf(sender);
    ensures  phase:     sender->phase ==
                        (\old(sender->phase) == XBZ_PHASE_BULK ?
                         XBZ_PHASE_BULK : XBZ_PHASE_LAST);
*/
void xbz_sender_last(xbz_sender *sender);

/* Use the cache no more, and forget what is in it [P-23]. */
/*@ requires wf:        SenderWf(sender);
    assigns  sender->phase,
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used;
    ensures  wf:        SenderWf(sender);
    ensures  phase:     sender->phase == XBZ_PHASE_BULK;
    ensures  empty:     CacheEmpty(sender->cache);
*/
void xbz_sender_disable(xbz_sender *sender);

/* The receiver's page changes in another way: forget it [P-28]. The answer is
   XBZ_OK, or XBZ_MISS when the cache did not hold it. */
/*@ requires wf:        SenderWf(sender);
    assigns  sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].used;
    ensures  wf:        SenderWf(sender);
    ensures  status:    \result == XBZ_OK || \result == XBZ_MISS;
    ensures  miss:      \result == XBZ_MISS <==>
                          CacheAbsent{Pre}(sender->cache, page_no);
    ensures  absent:    CacheAbsent(sender->cache, page_no);
    ensures  others:    CacheOtherPages{Pre,Post}(sender->cache, page_no);
*/
xbz_status xbz_sender_invalidate(xbz_sender *sender, uint64_t page_no);

/* xbz_cache_resize of the sender's cache [P-29]. */
/*@ requires wf:        SenderWf(sender);
    requires storage:   CacheAccepts(entries, bytes, sets, ways,
                                     sender->cache->page_len) ==>
                        SenderNewStorage(sender, entries, bytes,
                                         Cells(sets, ways));
    assigns  *sender->cache, entries[0 .. Cells(sets, ways) - 1],
             bytes[0 .. Cells(Cells(sets, ways),
                              sender->cache->page_len) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  status:    \result == XBZ_OK || \result == XBZ_E_ARGUMENT;
    ensures  accepted:  \result == XBZ_OK <==>
                          CacheAccepts(entries, bytes, sets, ways,
                                       \old(sender->cache->page_len));
    ensures  made:      \result == XBZ_OK ==>
                          CacheMade(sender->cache, entries, bytes, sets, ways,
                                    \old(sender->cache->page_len),
                                    \old(sender->cache->lifetime));
    ensures  dropped:   \result == XBZ_OK && keep != XBZ_CACHE_KEEP ==>
                          CacheEmpty(sender->cache);
    ensures  known:     \result == XBZ_OK && keep == XBZ_CACHE_KEEP ==>
                          CacheKnown{Pre,Post}(sender->cache,
                                               \old(sender->cache->entries),
                                               \old(sender->cache->slots));
    ensures  alike:     \result == XBZ_OK && keep == XBZ_CACHE_KEEP ==>
                          CacheAlike{Pre,Post}(sender->cache,
                                               \old(sender->cache->entries),
                                               \old(sender->cache->bytes),
                                               \old(sender->cache->slots));
    ensures  untouched: \result != XBZ_OK ==>
                          *sender->cache == \old(*sender->cache) &&
                          EntriesSame{Pre,Post}(entries, 0, Cells(sets, ways))
   && Unchanged{Pre,Post}(bytes, 0, Cells(Cells(sets, ways),
   sender->cache->page_len));
*/
XBZ_MUST_CHECK xbz_status xbz_sender_resize(xbz_sender *sender,
                                            xbz_cache_entry *entries,
                                            uint8_t *bytes, uint32_t sets,
                                            uint32_t ways, xbz_cache_keep keep);

/*
 * Make of a page, as it is now, the message for the receiver [P-25], and count
 * it [P-27]. One reading of live[0..page_len) counts [P-24]: a guest may write
 * to it meanwhile, and the message and the cache agree even then. message.kind
 * is XBZ_KIND_NONE after XBZ_EVENT_UNCHANGED alone. The message must be
 * applied, or the page invalidated, before what the cache says of it is true;
 * its bytes are the sender's [P-26].
 */
/*@ requires wf:        SenderWf(sender);
    requires source:    SenderSource(sender, live);
    assigns  sender->counters,
             sender->snapshot[0 .. CachePageLen(sender->cache) - 1],
             sender->delta[0 .. CachePageLen(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1],
             sender->cache->entries[0 .. CacheSlots(sender->cache) - 1].age,
             sender->cache->bytes[0 .. CacheLen(sender->cache) - 1];
    ensures  wf:        SenderWf(sender);
    ensures  zero:      EventZero{Pre}(sender, live, \result.event);
    ensures  hit:       EventHit{Pre}(sender, page_no, \result.event);
    ensures  same:      EventSame{Pre}(sender, page_no, live,
                                       \result.event);
    ensures  miss:      EventMiss(sender, page_no, \result.event);
    ensures  page_no:   \result.message.page_no == page_no;
    ensures  message:   MessageOf{Pre,Post}(sender, \result.message, live,
                                            \result.event);
    ensures  private:   MessagePrivate(sender, \result.message);
    ensures  delta:     \result.event == XBZ_EVENT_DELTA ==>
                        DeltaOf{Pre,Post}(sender, page_no, live,
                                          \result.message.len);
    ensures  counted:   Counted{Pre,Post}(&sender->counters, \result.event,
                                          \result.message.len);
    ensures  kept:      CacheIfKept{Pre,Post}(sender->cache, page_no, live);
    ensures  others:    CacheNoOther{Pre,Post}(sender->cache, page_no);
*/
xbz_sent xbz_sender_page(xbz_sender *sender, uint64_t page_no,
                         const uint8_t *live);

#ifdef __cplusplus
}
#endif

#include "xbz_backend.h" /* to choose among implementations */

#endif
