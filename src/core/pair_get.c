/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "pair.h"
#include "uleb128.h"

#ifdef __FRAMAC__
#include "../../proofs/lemmas/decode.acsl"
#endif

xbz_status xbz_pair_get(struct xbz_pair *pair, const uint8_t *src, size_t len,
                        size_t at, size_t room) {
  uint32_t zrun = 0, nzrun = 0;
  size_t mid = 0, data = 0;
  xbz_status status = xbz_uleb128_get(&zrun, &mid, src, len, at);
  if (status != XBZ_OK)
    return status;
  if (zrun == 0 && at > 0)
    return XBZ_E_ZERO_RUN;
  if (zrun > room)
    return XBZ_E_PAGE_END;
  status = xbz_uleb128_get(&nzrun, &data, src, len, mid);
  if (status != XBZ_OK)
    return status;
  if (nzrun == 0)
    return XBZ_E_ZERO_RUN;
  if (nzrun > room - zrun)
    return XBZ_E_PAGE_END;
  if (nzrun > len - data)
    return XBZ_E_INPUT_END;
  pair->zrun = zrun;
  pair->nzrun = nzrun;
  pair->data = data;
  return XBZ_OK;
}
