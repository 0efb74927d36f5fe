/* A double of MicroEJ's sni.h: what Dunlin's natives use of SNI, for a desktop and for QEMU. */
#pragma once
#include <stdint.h>

#define SNI_OK 0
#define SNI_ERROR (-1)

#if defined(DUNLIN_JNI)
#include <jni.h>
#else
typedef int8_t jbyte;
typedef uint8_t jboolean;
typedef int32_t jint;
typedef int64_t jlong;
#endif

/* Of an array that was handed to the native which runs. */
int32_t SNI_getArrayLength(const void *array);

int32_t SNI_getCurrentJavaThreadID(void);
int32_t SNI_suspendCurrentJavaThread(int64_t timeout);
int32_t SNI_resumeJavaThread(int32_t thread);
