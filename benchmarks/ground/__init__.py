"""Servers that are not the bottleneck: their answers are bytes made beforehand."""
