/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "codecs.h"

#include "spec/model/model.h"

const xbz_encoder xbz_encoders[XBZ_ENCODER_COUNT] = {
    {"xbz_page_encode", xbz_page_encode},
    {"xbz_page_encode_ref", xbz_page_encode_ref},
    {"xbz_model_encode", xbz_model_encode},
};

const xbz_decoder xbz_decoders[XBZ_DECODER_COUNT] = {
    {"xbz_page_decode", xbz_page_decode},
    {"xbz_page_decode_ref", xbz_page_decode_ref},
    {"xbz_model_decode", xbz_model_decode},
};
