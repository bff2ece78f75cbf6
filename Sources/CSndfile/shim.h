#ifndef CSNDFILE_SHIM_H
#define CSNDFILE_SHIM_H

#include <sndfile.h>
#include <stdio.h>

/* Makes `stream` the C library's standard error and returns the former one.
   A function because Swift cannot assign the global variable `stderr`. */
static inline FILE *csndfile_exchange_stderr(FILE *stream) {
  FILE *former = stderr;
  stderr = stream;
  return former;
}

#endif
