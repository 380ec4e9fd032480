/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The codec's functions by one backend: who includes this says by XBZ_FAST how
 * it makes their names. */

#ifdef __FRAMAC__
#include "../../spec/logic/contract_encode.acsl"
#endif
XBZ_MUST_CHECK xbz_status XBZ_FAST(xbz_page_encode)(uint8_t *dst, size_t cap,
                                                    size_t *dst_len,
                                                    const uint8_t *old_page,
                                                    const uint8_t *new_page,
                                                    size_t page_len);

#ifdef __FRAMAC__
#include "../../spec/logic/contract_decode.acsl"
#endif
XBZ_MUST_CHECK xbz_status XBZ_FAST(xbz_page_decode)(uint8_t *page,
                                                    size_t page_len,
                                                    size_t *end,
                                                    const uint8_t *src,
                                                    size_t src_len);

#ifdef __FRAMAC__
#include "../../spec/logic/contract_update.acsl"
#endif
XBZ_MUST_CHECK xbz_status XBZ_FAST(xbz_page_encode_update)(
    uint8_t *dst, size_t cap, size_t *dst_len, int *zero, uint8_t *page,
    const uint8_t *live, size_t page_len);
