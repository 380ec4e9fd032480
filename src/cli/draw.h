/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A picture of the changes within one page. */
#ifndef XBZ_CLI_DRAW_H
#define XBZ_CLI_DRAW_H

#include "../host/survey.h"

void xbz_draw_page(const xbz_page_view *page, size_t page_size);

#endif
