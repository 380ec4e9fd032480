/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

static const xbz_command *const xbz_commands[] = {
    &xbz_encode_command, &xbz_decode_command,  &xbz_inspect_command,
    &xbz_verify_command, &xbz_migrate_command, &xbz_control_command};

#define XBZ_COMMAND_COUNT (sizeof xbz_commands / sizeof xbz_commands[0])

static void xbz_usage(FILE *stream) {
  (void)fprintf(stream,
                "Usage: xbz COMMAND [OPTION]... [FILE]...\n"
                "Make, apply and look into XBZRLE deltas of memory images, and "
                "move the memory\n"
                "of a running guest with them.\n"
                "\nCommands:\n");
  for (size_t i = 0; i < XBZ_COMMAND_COUNT; i++)
    (void)fprintf(stream, "  %-8s  %s\n", xbz_commands[i]->name,
                  xbz_commands[i]->summary);
  (void)fprintf(stream,
                "\nOptions:\n"
                "  -h, --help     show this help; of a command: "
                "xbz COMMAND --help\n"
                "  -V, --version  show the version\n"
                "\nExamples:\n"
                "  xbz encode before.ram after.ram -o change.xbz\n"
                "  xbz decode before.ram change.xbz -o after.ram\n"
                "  xbz verify before.ram change.xbz after.ram\n"
                "  xbz inspect change.xbz\n"
                "  xbz migrate --listen=tcp:127.0.0.1:4444\n" XBZ_EXIT_STATUS);
}

static const xbz_command *xbz_command_find(const char *name) {
  for (size_t i = 0; i < XBZ_COMMAND_COUNT; i++)
    if (strcmp(name, xbz_commands[i]->name) == 0)
      return xbz_commands[i];
  return NULL;
}

static bool xbz_is(const char *argument, const char *brief, const char *full) {
  return strcmp(argument, brief) == 0 || strcmp(argument, full) == 0;
}

static xbz_exit xbz_dispatch(int argc, char **argv) {
  if (argc < 2) {
    xbz_usage(stderr);
    return XBZ_EXIT_USAGE;
  }
  if (xbz_is(argv[1], "-h", "--help")) {
    xbz_usage(stdout);
    return XBZ_EXIT_OK;
  }
  xbz_backend backend;
  xbz_exit code = xbz_backend_choose(&backend);
  if (code != XBZ_EXIT_OK)
    return code;
  if (xbz_is(argv[1], "-V", "--version")) {
    (void)printf("xbz %s\nbackend %s\n", XBZ_VERSION,
                 xbz_backend_name(backend));
    return XBZ_EXIT_OK;
  }
  const xbz_command *command = xbz_command_find(argv[1]);
  if (command != NULL)
    return xbz_command_run(command, backend, argc - 1, argv + 1);
  (void)fprintf(stderr, "xbz: no command '%s'\nTry 'xbz --help'.\n", argv[1]);
  return XBZ_EXIT_USAGE;
}

/* A caller may have closed a standard stream: no file may get its number. */
static bool xbz_standard_streams(void) {
  int fd = STDIN_FILENO;
  while (fd >= STDIN_FILENO && fd <= STDERR_FILENO)
    fd = open("/dev/null", O_RDWR | O_CLOEXEC);
  return fd > STDERR_FILENO && close(fd) == 0;
}

int main(int argc, char **argv) {
  if (!xbz_standard_streams())
    return XBZ_EXIT_DATA;
  xbz_exit code = xbz_dispatch(argc, argv);
  bool failed = ferror(stdout) != 0;
  /* Text that does not arrive, say on a full disk, is an error too. */
  if (fclose(stdout) != 0 || failed) {
    (void)fprintf(stderr, "xbz: standard output: cannot write: %s\n",
                  strerror(errno));
    return XBZ_EXIT_DATA;
  }
  return (int)code;
}
