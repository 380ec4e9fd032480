/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <inttypes.h>
#include <string.h>

#include "arrival.h"
#include "packer.h"

static bool xbz_arrival_reject(xbz_arrival *arrival, uint64_t page_no,
                               const char *what) {
  return xbz_stop(&arrival->verdict, XBZ_END_FAILED, "page %" PRIu64 ": %s",
                  page_no, what);
}

static const char *xbz_apply_words(xbz_status status) {
  switch (status) {
  case XBZ_E_TRUNCATED:
    return "its delta is cut off";
  case XBZ_E_LENGTH:
    return "its delta has a bad length";
  case XBZ_E_ZERO_RUN:
    return "its delta has an empty run";
  case XBZ_E_PAGE_END:
    return "its delta leaves the page";
  case XBZ_E_INPUT_END:
    return "its delta ends within a run";
  default:
    return "its message is none";
  }
}

/* Kind, length and delta are checked before the page is touched [P-11]. */
static bool xbz_arrival_apply(xbz_arrival *arrival, uint64_t page_no,
                              xbz_kind kind, const uint8_t *bytes, size_t len) {
  const xbz_status status =
      xbz_receiver_apply(arrival->memory + page_no * arrival->page_len,
                         arrival->page_len, (uint8_t)kind, bytes, len);
  if (status != XBZ_OK)
    return xbz_arrival_reject(arrival, page_no, xbz_apply_words(status));
  xbz_page_set_remove(&arrival->verified, page_no);
  return true;
}

static bool xbz_arrival_checked(xbz_arrival *arrival, const xbz_wire *record) {
  const uint64_t page_no = record->head.number;
  uint8_t base[XBZ_BASE_LEN];
  if (!xbz_digest(base, sizeof base,
                  arrival->memory + page_no * arrival->page_len,
                  arrival->page_len) ||
      memcmp(base, record->bytes, sizeof base) != 0)
    return xbz_arrival_reject(arrival, page_no,
                              "its delta applies to other bytes");
  return xbz_arrival_apply(arrival, page_no, XBZ_KIND_DELTA,
                           record->bytes + sizeof base,
                           record->head.len - sizeof base);
}

static bool xbz_arrival_packed(xbz_arrival *arrival, const xbz_wire *record) {
  if (!xbz_packer_unpack(arrival->scratch, arrival->page_len, record->bytes,
                         record->head.len))
    return xbz_arrival_reject(arrival, record->head.number,
                              "it does not unpack");
  return xbz_arrival_apply(arrival, record->head.number, XBZ_KIND_RAW,
                           arrival->scratch, arrival->page_len);
}

/* What a kind needs to be agreed on [M-12]. */
static uint32_t xbz_arrival_needs(uint8_t kind) {
  switch (kind) {
  case XBZ_KIND_DELTA:
    return XBZ_CAN_DELTA;
  case XBZ_WIRE_CHECKED:
    return XBZ_CAN_CHECK;
  case XBZ_WIRE_PACKED:
    return XBZ_CAN_PACK;
  default:
    return 0;
  }
}

bool xbz_arrival_page(xbz_arrival *arrival, const xbz_wire *record) {
  const uint64_t page_no = record->head.number;
  if (page_no >= arrival->pages)
    return xbz_arrival_reject(arrival, page_no, "there is no such page");
  if ((xbz_arrival_needs(record->head.kind) & ~arrival->can) != 0)
    return xbz_arrival_reject(arrival, page_no, "of a kind not agreed on");
  if (record->head.kind == XBZ_WIRE_CHECKED)
    return xbz_arrival_checked(arrival, record);
  if (record->head.kind == XBZ_WIRE_PACKED)
    return xbz_arrival_packed(arrival, record);
  return xbz_arrival_apply(arrival, page_no, (xbz_kind)record->head.kind,
                           record->bytes, record->head.len);
}
