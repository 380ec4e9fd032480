/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* How the receiver takes up a session [M-11]. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "arrival.h"
#include "packer.h"

static uint32_t xbz_arrival_grants(const xbz_wishes *grants) {
  return (grants->delta ? XBZ_CAN_DELTA : 0u) |
         (grants->delta && grants->base_digest ? XBZ_CAN_CHECK : 0u) |
         (grants->compress && xbz_packer_usable() ? XBZ_CAN_PACK : 0u);
}

static bool xbz_arrival_known(const xbz_arrival *arrival,
                              const xbz_hello *hello) {
  return arrival->phase != XBZ_ARRIVAL_NONE &&
         memcmp(arrival->session, hello->session, XBZ_WIRE_SESSION) == 0 &&
         arrival->page_len == hello->page_len && arrival->pages == hello->pages;
}

static bool xbz_arrival_fits(xbz_arrival *arrival, const xbz_hello *hello) {
  if (hello->page_len < 1 || hello->page_len > XBZ_PAGE_LEN_MAX ||
      hello->pages < 1)
    return xbz_stop(&arrival->verdict, XBZ_END_FAILED,
                    "%" PRIu64 " pages of %" PRIu32 " bytes are no memory",
                    hello->pages, hello->page_len);
  if (hello->pages > arrival->max_bytes / hello->page_len)
    return xbz_stop(&arrival->verdict, XBZ_END_FAILED,
                    "%" PRIu64 " pages of %" PRIu32
                    " bytes are more than the limit of %" PRIu64 " bytes",
                    hello->pages, hello->page_len, arrival->max_bytes);
  return true;
}

static bool xbz_arrival_begin(xbz_arrival *arrival, const xbz_hello *hello) {
  arrival->phase = XBZ_ARRIVAL_NONE;
  free(arrival->memory);
  free(arrival->scratch);
  xbz_page_set_close(&arrival->verified);
  arrival->page_len = hello->page_len;
  arrival->pages = hello->pages;
  arrival->rounds = 0;
  arrival->memory = calloc((size_t)hello->pages, hello->page_len);
  arrival->scratch = malloc(hello->page_len);
  if (!xbz_page_set_open(&arrival->verified, hello->pages) ||
      arrival->memory == NULL || arrival->scratch == NULL)
    return xbz_stop(&arrival->verdict, XBZ_END_FAILED,
                    "no memory for %" PRIu64 " pages of %" PRIu32 " bytes",
                    hello->pages, hello->page_len);
  memcpy(arrival->session, hello->session, XBZ_WIRE_SESSION);
  arrival->phase = XBZ_ARRIVAL_ROUNDS;
  return true;
}

static bool xbz_arrival_take(xbz_arrival *arrival, const xbz_hello *hello) {
  if (arrival->phase == XBZ_ARRIVAL_COMPLETE)
    return xbz_arrival_known(arrival, hello) ||
           xbz_stop(&arrival->verdict, XBZ_END_FAILED,
                    "another migration is complete here");
  if (xbz_arrival_known(arrival, hello)) {
    arrival->phase = XBZ_ARRIVAL_ROUNDS;
    return true;
  }
  return xbz_arrival_fits(arrival, hello) && xbz_arrival_begin(arrival, hello);
}

static bool xbz_arrival_welcome(xbz_arrival *arrival, const xbz_hello *hello) {
  uint8_t body[XBZ_WIRE_HELLO_LEN];
  xbz_hello mine = *hello;
  arrival->can = hello->can & xbz_arrival_grants(&arrival->grants);
  mine.can = arrival->can;
  mine.rounds = arrival->phase == XBZ_ARRIVAL_COMPLETE ? XBZ_WIRE_COMPLETE
                                                       : arrival->rounds;
  xbz_hello_put(body, &mine);
  return xbz_arrival_reply(
      arrival,
      (xbz_wire){{XBZ_WIRE_VERSION, sizeof body, XBZ_WIRE_WELCOME}, body});
}

bool xbz_arrival_greet(xbz_arrival *arrival) {
  xbz_wire record;
  xbz_hello hello;
  if (!xbz_inbox_next(&arrival->inbox, &record, &arrival->verdict))
    return false;
  if (record.head.kind != XBZ_WIRE_HELLO)
    return xbz_inbox_told(&record, "sender", &arrival->verdict);
  if (record.head.number != XBZ_WIRE_VERSION)
    return xbz_stop(&arrival->verdict, XBZ_END_FAILED,
                    "version %" PRIu64 " of the protocol, not %u",
                    record.head.number, XBZ_WIRE_VERSION);
  if (!xbz_hello_get(&hello, record.bytes))
    return xbz_stop(&arrival->verdict, XBZ_END_FAILED,
                    "the peer does not migrate");
  return xbz_arrival_take(arrival, &hello) &&
         xbz_inbox_agree(&arrival->inbox, arrival->page_len,
                         &arrival->verdict) &&
         xbz_arrival_welcome(arrival, &hello);
}
