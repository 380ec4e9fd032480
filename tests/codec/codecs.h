/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Every encoder and decoder there is, by name. */
#ifndef XBZ_TESTS_CODECS_H
#define XBZ_TESTS_CODECS_H

#include "src/xbz.h"

typedef xbz_status xbz_encode_function(uint8_t *dst, size_t cap,
                                       size_t *dst_len, const uint8_t *old_page,
                                       const uint8_t *new_page,
                                       size_t page_len);
typedef xbz_status xbz_decode_function(uint8_t *page, size_t page_len,
                                       size_t *end, const uint8_t *src,
                                       size_t src_len);

typedef struct xbz_encoder {
  const char *name;
  xbz_encode_function *encode;
} xbz_encoder;

typedef struct xbz_decoder {
  const char *name;
  xbz_decode_function *decode;
} xbz_decoder;

/* The model is among them: it must pass every test that it is not the judge of.
 */
enum { XBZ_ENCODER_COUNT = 3, XBZ_DECODER_COUNT = 3 };
extern const xbz_encoder xbz_encoders[XBZ_ENCODER_COUNT];
extern const xbz_decoder xbz_decoders[XBZ_DECODER_COUNT];

#endif
