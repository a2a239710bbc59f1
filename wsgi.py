"""The application for a web server: `gunicorn wsgi:app`."""

import os

from config import Config
from regulator import create_app

app = create_app(Config.from_env(os.environ))
