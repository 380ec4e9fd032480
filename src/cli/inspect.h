/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The two faces of an inspection: text for people, JSON for programs. */
#ifndef XBZ_CLI_INSPECT_H
#define XBZ_CLI_INSPECT_H

#include "../host/survey.h"
#include "command.h"

/* What an inspection found. */
typedef struct xbz_findings {
  const char *name; /* of the delta */
  xbz_survey survey;
  const xbz_page_view *page; /* the one asked for, or null */
} xbz_findings;

/*
 * One way to tell it. With --list, `list` comes first, then `page` for every
 * changed page as it goes by, so that memory stays constant. `report` is last.
 */
typedef struct xbz_face {
  void (*list)(void);
  void (*page)(const xbz_page_view *page, bool first);
  void (*report)(const xbz_findings *findings, bool listed);
} xbz_face;

extern const xbz_face xbz_text_face;
extern const xbz_face xbz_json_face;

#endif
