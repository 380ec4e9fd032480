/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Whether a caller's arguments are in order [F-40]. */
#ifndef XBZ_CORE_ARGUMENTS_H
#define XBZ_CORE_ARGUMENTS_H

#include "../xbz.h"

/*@ assigns  \nothing;
    ensures  ready: \result != 0 <==>
                    EncodeArguments(dst, cap, dst_len, old_page, new_page,
                                    page_len);
*/
int xbz_encode_ready(const uint8_t *dst, size_t cap, const size_t *dst_len,
                     const uint8_t *old_page, const uint8_t *new_page,
                     size_t page_len);

/*@ assigns  \nothing;
    ensures  ready: \result != 0 <==>
                    UpdateArguments(dst, cap, dst_len, zero, page, live,
                                    page_len);
*/
int xbz_update_ready(const uint8_t *dst, size_t cap, const size_t *dst_len,
                     const int *zero, const uint8_t *page, const uint8_t *live,
                     size_t page_len);

/*@ assigns  \nothing;
    ensures  ready: \result != 0 <==>
                    DecodeArguments(page, page_len, end, src, src_len);
*/
int xbz_decode_ready(const uint8_t *page, size_t page_len, const size_t *end,
                     const uint8_t *src, size_t src_len);

#endif
