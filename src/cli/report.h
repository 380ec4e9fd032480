/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What a command tells when it is done. */
#ifndef XBZ_CLI_REPORT_H
#define XBZ_CLI_REPORT_H

#include <jansson.h>

#include "../host/engine.h"
#include "command.h"

#define XBZ_SHA256_TEXT (2 * XBZ_SHA256_LEN + 1)

double xbz_ratio(uint64_t image_len, uint64_t delta_len);
void xbz_sha256_format(char *text, const xbz_image_id *id);

/* The members that every report has in common. */
json_t *xbz_json_common(size_t page_size, const xbz_image_id *old_id,
                        const xbz_image_id *new_id, uint64_t delta_len,
                        const xbz_tally *tally);

/* Print report and give it up; false if it could not be made. */
bool xbz_json_print(json_t *report);

/* Report a finished encode, decode or verify as the options ask. */
xbz_exit xbz_report(const xbz_options *options, const xbz_outcome *outcome);

#endif
