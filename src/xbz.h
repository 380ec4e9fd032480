/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * xbz: XBZRLE page deltas, with a bounded page cache.
 *
 * Freestanding C99. No function here allocates, keeps global state, or calls
 * anything but other functions of this library: the caller owns all storage.
 * Two calls that share no buffer may run at the same time.
 *
 * The format is specified in spec/FORMAT.md, the cache in spec/CACHE.md; a
 * rule is cited as [F-n] or [C-n].
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
  XBZ_UNCHANGED = 1,     /* the pages are equal: there is nothing to send */
  XBZ_NO_FIT = 2,        /* the canonical encoding is longer than the capacity */
  XBZ_E_ARGUMENT = -1,   /* null pointer, or a length out of range */
  XBZ_E_TRUNCATED = -2,  /* the input ends inside a length, or where one is due */
  XBZ_E_LENGTH = -3,     /* a length of more than 5 bytes, or above 2^32-1 */
  XBZ_E_ZERO_RUN = -4,   /* a zero-length run where none may be */
  XBZ_E_PAGE_END = -5,   /* a run leaves the page */
  XBZ_E_INPUT_END = -6   /* a run's bytes leave the input */
} xbz_status;

/*
 * Encode the delta old_page -> new_page into dst[0..cap).
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
XBZ_MUST_CHECK xbz_status xbz_page_encode(uint8_t *dst, size_t cap,
                                          size_t *dst_len,
                                          const uint8_t *old_page,
                                          const uint8_t *new_page,
                                          size_t page_len);

/* The same, by the reference implementation: one byte at a time. */
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
XBZ_MUST_CHECK xbz_status xbz_page_decode(uint8_t *page, size_t page_len,
                                          size_t *end, const uint8_t *src,
                                          size_t src_len);

/* The same, by the reference implementation: one byte at a time. */
XBZ_MUST_CHECK xbz_status xbz_page_decode_ref(uint8_t *page, size_t page_len,
                                              size_t *end, const uint8_t *src,
                                              size_t src_len);

#ifdef __cplusplus
}
#endif

#endif
