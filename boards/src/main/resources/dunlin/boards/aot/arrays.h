/* Arrays of a library of kernels: elements, and before them nothing that may be read. */
#pragma once
#include "runtime.h"
#undef TEAVM_ARRAY_DATA
#undef TEAVM_ARRAY_LENGTH
#undef TEAVM_CLASS_OF
#define TEAVM_ARRAY_DATA(array, type) ((type *) ((char *) (array) + 12))
#pragma GCC poison TEAVM_ARRAY_LENGTH TEAVM_CLASS_OF
