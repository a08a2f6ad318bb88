"""Run by .foreign's Python: signs requests, which come as JSON on standard input, with botocore."""

import datetime
import json
import sys
from unittest import mock

import botocore.auth
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

NOON = datetime.datetime(2015, 8, 30, 12, 36)
with mock.patch.object(botocore.auth, "get_current_datetime", return_value=NOON):
    told = []
    for method, url, body, secret in json.load(sys.stdin):
        request = AWSRequest(method, url, data=body.encode())
        SigV4Auth(Credentials("AKIDEXAMPLE", secret), "lex", "eu-west-1").add_auth(request)
        told.append(request.headers["Authorization"])
print(json.dumps(told))
