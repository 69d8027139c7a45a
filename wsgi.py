"""What a WSGI server serves: `gunicorn wsgi:application`, configured by the environment."""

import os

import config
from app import create_app

application = create_app(config.load(os.environ))
