/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "draw.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../host/runs.h"

#define XBZ_MAP_COLUMNS 64u
#define XBZ_MAP_CELLS 1024u
#define XBZ_BYTES_SHOWN 12u

/* The number of changed bytes in each cell of cell_len bytes. */
static void xbz_map_fill(size_t *cells, size_t cell_len, xbz_runs runs) {
  xbz_page_run run;
  while (xbz_runs_next(&run, &runs)) {
    for (size_t i = 0; i < run.nzrun; i++)
      cells[(run.at + i) / cell_len]++;
  }
}

static int xbz_map_sign(size_t changed, size_t cell_len) {
  return changed == 0 ? '.' : changed == cell_len ? '#' : '+';
}

static void xbz_map_draw(const size_t *cells, size_t cell_len,
                         size_t page_len) {
  (void)printf("\nOne sign is %zu bytes: '.' none changed, '+' some, '#' all\n",
               cell_len);
  for (size_t at = 0; at < page_len; at += cell_len) {
    size_t cell = at / cell_len;
    size_t len = page_len - at < cell_len ? page_len - at : cell_len;
    if (cell % XBZ_MAP_COLUMNS == 0)
      (void)printf("%s%8zu  ", cell == 0 ? "" : "\n", at);
    (void)putchar(xbz_map_sign(cells[cell], len));
  }
  (void)putchar('\n');
}

static void xbz_runs_list(xbz_runs runs) {
  xbz_page_run run;
  (void)printf("\n%8s %8s %8s  %s\n", "offset", "equal", "changed",
               "new bytes");
  while (xbz_runs_next(&run, &runs)) {
    (void)printf("%8zu %8zu %8zu ", run.at, run.zrun, run.nzrun);
    for (size_t i = 0; i < run.nzrun && i < XBZ_BYTES_SHOWN; i++)
      (void)printf(" %02x", run.bytes[i]);
    (void)puts(run.nzrun > XBZ_BYTES_SHOWN ? " ..." : "");
  }
}

void xbz_draw_page(const xbz_page_view *page, size_t page_size) {
  size_t cells[XBZ_MAP_CELLS];
  size_t cell_len = page_size > XBZ_MAP_CELLS ? page_size / XBZ_MAP_CELLS : 1;
  xbz_runs runs = {.delta = page->data, .len = page->data_len};
  (void)printf("page %" PRIu64 ", offset %" PRIu64 ", %zu bytes: %s",
               page->number, page->number * page_size, page->page_len,
               xbz_kind_names[page->kind]);
  if (page->kind != XBZ_RECORD_DELTA) {
    (void)putchar('\n');
    return;
  }
  (void)printf(", %zu bytes encoded, %zu runs, %zu bytes changed\n",
               page->data_len, page->runs, page->changed);
  memset(cells, 0, sizeof cells);
  xbz_map_fill(cells, cell_len, runs);
  xbz_map_draw(cells, cell_len, page->page_len);
  xbz_runs_list(runs);
}
