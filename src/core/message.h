/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Messages of the page protocol [P-1]. */
#ifndef XBZ_CORE_MESSAGE_H
#define XBZ_CORE_MESSAGE_H

#include "../xbz.h"

/* Whether there is this kind of messages, and it may have this length: XBZ_OK,
   XBZ_E_KIND or XBZ_E_MESSAGE_LEN. */
/*@ assigns  \nothing;
    ensures  status: \result == MessageStatus(kind, len, page_len);
    ensures  range:  \result == XBZ_OK || \result == XBZ_E_KIND ||
                     \result == XBZ_E_MESSAGE_LEN;
*/
xbz_status xbz_message_check(uint8_t kind, size_t len, size_t page_len);

#endif
