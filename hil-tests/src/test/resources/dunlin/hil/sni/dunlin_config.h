/* The board that a desktop or QEMU stands for. */
#pragma once
#define DUNLIN_UARTS %d
#define DUNLIN_SPIS %d
#define DUNLIN_IMAGE_BYTES (64 << 20)
#define DUNLIN_RAM_BYTES (64 << 20)
#define DUNLIN_BOARD_TYPE %d
