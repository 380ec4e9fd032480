/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * What asynchronous write protection needs of the kernel's interface and Debian
 * 12's headers do not have yet. The names and numbers are those that the kernel
 * documents in Documentation/admin-guide/mm/{pagemap,userfaultfd}.rst; they are
 * the same on every machine.
 */
#ifndef XBZ_GUEST_PAGEMAP_SCAN_H
#define XBZ_GUEST_PAGEMAP_SCAN_H

#include <stdint.h>
#include <sys/ioctl.h>

/* userfaultfd(2): only faults of user code are ours to handle. With
   asynchronous protection nobody handles any, so it costs nothing, and needs no
   privilege. */
#define XBZ_UFFD_USER_MODE_ONLY 1

/* UFFDIO_API, features: pages without content can be protected too; a write
   lifts the protection of its page and nobody is told. Linux 6.7. */
#define XBZ_UFFD_FEATURE_WP_UNPOPULATED (UINT64_C(1) << 13)
#define XBZ_UFFD_FEATURE_WP_ASYNC (UINT64_C(1) << 15)

/* ioctl on /proc/PID/pagemap: report pages by their categories, and protect
   those that are reported, each in one step. */
typedef struct xbz_pm_scan_arg {
  uint64_t size;  /* of this struct */
  uint64_t flags; /* XBZ_PM_SCAN_... */
  uint64_t start; /* addresses [start, end) */
  uint64_t end;
  uint64_t walk_end;            /* the answer: how far it came */
  uint64_t vec;                 /* address of an array of xbz_page_region */
  uint64_t vec_len;             /* its room */
  uint64_t max_pages;           /* 0: no limit */
  uint64_t category_inverted;   /* categories to be taken for their opposite */
  uint64_t category_mask;       /* all of these */
  uint64_t category_anyof_mask; /* and one of these, if there are any */
  uint64_t return_mask;         /* categories to tell */
} xbz_pm_scan_arg;

typedef struct xbz_page_region {
  uint64_t start, end; /* addresses */
  uint64_t categories;
} xbz_page_region;

#define XBZ_PAGEMAP_SCAN _IOWR('f', 16, xbz_pm_scan_arg)

#define XBZ_PM_SCAN_WP_MATCHING UINT64_C(1)
/* Fail where the memory is not under asynchronous protection. */
#define XBZ_PM_SCAN_CHECK_WPASYNC UINT64_C(2)

/* The category: not protected, so written since it was. */
#define XBZ_PAGE_IS_WRITTEN (UINT64_C(1) << 1)

#endif
