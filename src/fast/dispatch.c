/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The codec by a backend that the caller names. */
#include "backends.h"

xbz_status xbz_page_encode_with(xbz_backend backend, uint8_t *dst, size_t cap,
                                size_t *dst_len, const uint8_t *old_page,
                                const uint8_t *new_page, size_t page_len) {
#if XBZ_TARGET_X86_64
  if (backend == XBZ_BACKEND_AVX512BW)
    return xbz_page_encode_avx512bw(dst, cap, dst_len, old_page, new_page,
                                    page_len);
  if (backend == XBZ_BACKEND_AVX2)
    return xbz_page_encode_avx2(dst, cap, dst_len, old_page, new_page,
                                page_len);
  if (backend == XBZ_BACKEND_SSE2)
    return xbz_page_encode_sse2(dst, cap, dst_len, old_page, new_page,
                                page_len);
#elif XBZ_TARGET_AARCH64
  if (backend == XBZ_BACKEND_NEON)
    return xbz_page_encode_neon(dst, cap, dst_len, old_page, new_page,
                                page_len);
#endif
  if (backend == XBZ_BACKEND_PORTABLE)
    return xbz_page_encode_portable(dst, cap, dst_len, old_page, new_page,
                                    page_len);
  return xbz_page_encode_ref(dst, cap, dst_len, old_page, new_page, page_len);
}

xbz_status xbz_page_decode_with(xbz_backend backend, uint8_t *page,
                                size_t page_len, size_t *end,
                                const uint8_t *src, size_t src_len) {
#if XBZ_TARGET_X86_64
  if (backend == XBZ_BACKEND_AVX512BW)
    return xbz_page_decode_avx512bw(page, page_len, end, src, src_len);
  if (backend == XBZ_BACKEND_AVX2)
    return xbz_page_decode_avx2(page, page_len, end, src, src_len);
  if (backend == XBZ_BACKEND_SSE2)
    return xbz_page_decode_sse2(page, page_len, end, src, src_len);
#elif XBZ_TARGET_AARCH64
  if (backend == XBZ_BACKEND_NEON)
    return xbz_page_decode_neon(page, page_len, end, src, src_len);
#endif
  if (backend == XBZ_BACKEND_PORTABLE)
    return xbz_page_decode_portable(page, page_len, end, src, src_len);
  return xbz_page_decode_ref(page, page_len, end, src, src_len);
}

xbz_status xbz_page_encode_update_with(xbz_backend backend, uint8_t *dst,
                                       size_t cap, size_t *dst_len, int *zero,
                                       uint8_t *page, const uint8_t *live,
                                       size_t page_len) {
#if XBZ_TARGET_X86_64
  if (backend == XBZ_BACKEND_AVX512BW)
    return xbz_page_encode_update_avx512bw(dst, cap, dst_len, zero, page, live,
                                           page_len);
  if (backend == XBZ_BACKEND_AVX2)
    return xbz_page_encode_update_avx2(dst, cap, dst_len, zero, page, live,
                                       page_len);
  if (backend == XBZ_BACKEND_SSE2)
    return xbz_page_encode_update_sse2(dst, cap, dst_len, zero, page, live,
                                       page_len);
#elif XBZ_TARGET_AARCH64
  if (backend == XBZ_BACKEND_NEON)
    return xbz_page_encode_update_neon(dst, cap, dst_len, zero, page, live,
                                       page_len);
#endif
  if (backend == XBZ_BACKEND_PORTABLE)
    return xbz_page_encode_update_portable(dst, cap, dst_len, zero, page, live,
                                           page_len);
  return xbz_page_encode_update_ref(dst, cap, dst_len, zero, page, live,
                                    page_len);
}
