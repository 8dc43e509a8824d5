#!/usr/bin/env python3
"""Writes the Content-Security-Policy sources of inline scripts: script_hashes.py OUTPUT SCRIPT…"""
import base64, hashlib, sys

target, *scripts = sys.argv[1:]
with open(target, 'w', encoding='utf8') as out:
    for script in scripts:
        with open(script, 'rb') as source:
            digest = base64.b64encode(hashlib.sha256(source.read()).digest()).decode()
        out.write(f"'sha256-{digest}' ")
